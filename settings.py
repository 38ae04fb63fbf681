"""What an operator may set, each by an environment variable or a line in ``.env``."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_DATABASE = Path("build/demo.db")


class Settings(BaseSettings):
    """Every setting with its default; the description is what the README prints."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    case_database_url: str = Field(
        default=f"sqlite:///{DEMO_DATABASE}",
        description="The case database that is read, as a SQLAlchemy URL.",
    )
    board_database_url: str = Field(
        default="",
        description="The board's own database, which is written: meeting records, decisions, objections; "
        "empty: a SQLite file beside the case database.",
    )
    board_clock: str = Field(
        default="",
        description="The board's clock: empty for the real time, a moment to stand still at "
        "(2018-12-01T20:00), or a moment and a speed (2026-11-25T09:30x6).",
    )
    board_zone: str = Field(default="Asia/Shanghai", description="The centre's time zone.")
    board_name: str = Field(default="", description="Name of the centre in the top strip; empty: 民声调度台.")
    board_language: str = Field(
        default="zh", pattern="^(zh|en)$", description="Language before a reader chooses: zh or en."
    )
    board_rulebook: str = Field(
        default="", description="A rulebook file of your own; empty: rules/rulebook.toml."
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8050, ge=0, le=65535, description="Port the server listens on.")
    threads: int = Field(default=8, ge=1, description="Requests answered at the same time.")
    refresh_seconds: int = Field(
        default=10,
        ge=1,
        le=3600,
        description="Refresh step: how often a screen asks again; moments are rounded to it.",
    )
    cache_url: str = Field(
        default="",
        description="Redis URL to share answers between processes; empty: each process remembers its own.",
    )
