"""The kinds of record an office gives, one file a kind: columns, row rule, remarks, demonstration."""
