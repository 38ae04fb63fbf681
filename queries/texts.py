"""Free texts leave the queries masked, and those of confidential matters not at all."""

from collections.abc import Iterable

import pandas as pd

from rules import masking


def veiled(table: pd.DataFrame, texts: Iterable[str]) -> pd.DataFrame:
    """The table with these columns masked, emptied where the matter is confidential, and a flag `hidden`.

    ``confidentiality`` is read for it and dropped.
    """
    hidden = table["confidentiality"].map(masking.hidden).astype("bool")
    masked = {name: table[name].map(masking.mask).astype("str").mask(hidden, "") for name in texts}
    return table.assign(**masked, hidden=hidden).drop(columns="confidentiality")
