"""演示钥匙: the keys of the demonstration's openings. They are public on purpose and open nothing anywhere else."""

from __future__ import annotations

from pyrage import x25519

KEYS = {
    "city_bureau": "AGE-SECRET-KEY-16UZA7VS49FXWVZJ5SASHXR2EMX49V3VL6UUY59556R27PH8WVUCQ694RVY",
    "purchaser": "AGE-SECRET-KEY-1KK8025EX7D9GNX4JXQ65P3SFC5RGX2CTA3F3FQQM97S2Y6MUGXMSD9U3V5",
    "street_office": "AGE-SECRET-KEY-15TSCW0FF6WYCWAAGD28LZD575VFQ75YWUMN7XXMC585MQ9CGAGPQYHHFFV",
}
PUBLIC = {name: str(x25519.Identity.from_str(key).to_public()) for name, key in KEYS.items()}
