#!/usr/bin/env bash
# langdetect 1.0.9 has no profile of Georgian or Armenian. It does not say that it does not know: it answers Estonian, with a
# probability above .9999, though not one letter of these texts is Latin. A threshold on its probability lets both through.
# Seen: et 1.0000 for both
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q langdetect==1.0.9 2>"$scratch/pip.log" || { cat "$scratch/pip.log" >&2; exit 1; }
cd "$scratch"
"$scratch/venv/bin/python" - <<'PYTHON'

import langdetect

langdetect.DetectorFactory.seed = 0
TEXTS = {
    "Georgian": "ახალი ხიდი დღეს გაიხსნა და ქალაქის მცხოვრებლებმა მასზე პირველად გაიარეს. მშენებლობა თერთმეტ წელს გრძელდებოდა.",
    "Armenian": "Նոր կամուրջը բացվել է այսօր, և քաղաքի բնակիչներն առաջին անգամ անցան դրա վրայով։ Շինարարությունը տևել է տասնմեկ տարի։",
}
for name, text in TEXTS.items():
    best = langdetect.detect_langs(text)[0]
    print(f"{name}: {best.lang} {best.prob:.4f}")
    assert best.lang == "et" and best.prob > 0.9999, (name, best)
PYTHON
