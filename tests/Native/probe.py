"""Run by arm64's own Python under an emulator (tests/Native/arm64.sh): loads a native library of the vehicle or the hub, and works with it."""

import ctypes
import os
import sys
import time


def must(condition, says):
    if not condition:
        sys.exit(f"wrong: {says}")


def sqlite(library, folder):
    """A database with its journal in shared memory, as the hub has it: written, closed, opened again, looked through."""
    lib = ctypes.CDLL(library)
    lib.sqlite3_libversion.restype = ctypes.c_char_p
    lib.sqlite3_errmsg.restype = ctypes.c_char_p
    lib.sqlite3_column_text.restype = ctypes.c_char_p
    lib.sqlite3_column_int64.restype = ctypes.c_int64
    path = os.path.join(folder, "probe.db").encode()

    def opened():
        db = ctypes.c_void_p()
        must(lib.sqlite3_open(path, ctypes.byref(db)) == 0, "open")
        return db

    def ask(db, sql, number=None):
        statement, rows = ctypes.c_void_p(), []
        must(lib.sqlite3_prepare_v2(db, sql.encode(), -1, ctypes.byref(statement), None) == 0, f"{sql}: {lib.sqlite3_errmsg(db)}")
        if number is not None:
            must(lib.sqlite3_bind_int64(statement, 1, ctypes.c_int64(number)) == 0, "bind")
        while (code := lib.sqlite3_step(statement)) == 100:
            rows.append((lib.sqlite3_column_text(statement, 0) or b"").decode())
        must(code == 101, f"{sql}: {code} {lib.sqlite3_errmsg(db)}")
        lib.sqlite3_finalize(statement)
        return rows

    db = opened()
    must(ask(db, "PRAGMA journal_mode=WAL") == ["wal"], "its journal")
    ask(db, "PRAGMA synchronous=FULL")
    ask(db, "CREATE TABLE readings (n INTEGER PRIMARY KEY, body TEXT)")
    ask(db, "BEGIN")
    # Past 32 bits, and to where its number has a sign.
    for n in list(range(1000)) + [2**40, 2**63 - 1]:
        ask(db, "INSERT INTO readings VALUES (?1, 'row ' || ?1)", n)
    ask(db, "COMMIT")
    must(lib.sqlite3_close(db) == 0, "close")
    db = opened()
    must(ask(db, "SELECT COUNT(*) FROM readings") == ["1002"], "rows")
    must(ask(db, "SELECT body FROM readings WHERE n = ?1", 2**63 - 1) == ["row 9223372036854775807"], "a row")
    must(ask(db, "SELECT json_extract('{\"a\":[1,2.5]}', '$.a[1]')") == ["2.5"], "JSON")
    must(ask(db, "PRAGMA integrity_check") == ["ok"], "its integrity")
    lib.sqlite3_close(db)
    print(f"SQLite {lib.sqlite3_libversion().decode()}")


def mosquitto(library, port, folder):
    """A message to a broker and back, by mutual TLS."""
    lib = ctypes.CDLL(library)
    lib.mosquitto_new.restype = ctypes.c_void_p
    lib.mosquitto_strerror.restype = ctypes.c_char_p
    lib.mosquitto_lib_init()
    came = []

    class Message(ctypes.Structure):
        _fields_ = [("mid", ctypes.c_int), ("topic", ctypes.c_char_p), ("payload", ctypes.c_void_p), ("length", ctypes.c_int), ("qos", ctypes.c_int), ("retain", ctypes.c_bool)]

    @ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(Message))
    def on_message(_, __, message):
        came.append((message.contents.topic, ctypes.string_at(message.contents.payload, message.contents.length), message.contents.qos))

    session = ctypes.c_void_p(lib.mosquitto_new(b"probe", True, None))
    must(session, "new")
    file = lambda name: os.path.join(folder, name).encode()
    must(lib.mosquitto_tls_set(session, file("ca.crt"), None, file("vehicle.crt"), file("vehicle.key"), None) == 0, "TLS")
    lib.mosquitto_message_callback_set(session, on_message)
    code = lib.mosquitto_connect(session, b"127.0.0.1", port, 30)
    must(code == 0, f"connect: {lib.mosquitto_strerror(code)}")
    payload = bytes(range(256)) * 40
    must(lib.mosquitto_subscribe(session, None, b"probe/#", 1) == 0, "subscribe")
    must(lib.mosquitto_publish(session, None, b"probe/up", len(payload), payload, 1, False) == 0, "publish")
    until = time.monotonic() + 30
    while not came and time.monotonic() < until:
        code = lib.mosquitto_loop(session, 100, 1)
        must(code == 0, f"loop: {lib.mosquitto_strerror(code)}")
    must(came == [(b"probe/up", payload, 1)], "what came back")
    lib.mosquitto_disconnect(session)
    numbers = [ctypes.c_int() for _ in range(3)]
    lib.mosquitto_lib_version(*map(ctypes.byref, numbers))
    print("libmosquitto " + ".".join(str(n.value) for n in numbers))


def symbols(library, names):
    """Every function that the program calls is there."""
    lib = ctypes.CDLL(library)
    for name in names:
        must(hasattr(lib, name), f"{library} has no {name}")
    print(f"{library}: {len(names)} functions")


def folder(path, flags):
    """A folder is opened and synced with the flags that the program has for this processor."""
    lib = ctypes.CDLL("libc.so.6", use_errno=True)
    handle = lib.open(path.encode(), int(flags, 0))
    must(handle >= 0 and lib.fsync(handle) == 0, f"{path} with {flags}: {os.strerror(ctypes.get_errno())}")
    must(lib.open(__file__.encode(), int(flags, 0)) == -1, "a file is no folder")
    print(f"folder by {flags}")


must(os.uname().machine == "aarch64", "this is not arm64")
match sys.argv[1:]:
    case ["sqlite", library, place]: sqlite(library, place)
    case ["mosquitto", library, port, place]: mosquitto(library, int(port), place)
    case ["symbols", library, *names]: symbols(library, names)
    case ["folder", path, flags]: folder(path, flags)
    case _: sys.exit("wrong: arguments")
