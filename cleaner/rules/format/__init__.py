"""The rule format: YAML files to `RuleFile`s.

Enters: folders. Leaves: typed rules, or a `RulesError` with file, line and remedy. Look first at `schema.py`,
which lists every key.
"""
