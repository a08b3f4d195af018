from . import (
    test_calendar,
    test_input,
    test_journal,
    test_journal_chain,
    test_lib_symbols,
    test_lib_text,
    test_lib_workdays,
    test_posts,
)
