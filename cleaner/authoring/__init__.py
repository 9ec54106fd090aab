"""SamplePage pages of one outlet to a draft of its rule file, for a person to correct.

Enters: saved pages, and what the generic judgement makes of them. Leaves: proposals, each with its
evidence, and the text of a rule file that holds them. Look first at `rule_draft.py`, which asks for the
proposals in order; then `body_container.py`, since all that `removals.py` proposes to remove stands inside of
what that one chose.
"""
