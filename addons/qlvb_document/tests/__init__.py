from . import (
    test_isolation_exchange,
    test_isolation_files,
    test_isolation_http,
    test_isolation_records,
    test_isolation_sending,
    test_isolation_trace,
)
