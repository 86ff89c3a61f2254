"""A product in Python that asks whether it may run: may_i_run.py LIBRARY HOME PRODUCT"""

import ctypes
import sys


def load(path):
    kit = ctypes.CDLL(path)
    kit.toolcrib_may_i_run.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    kit.toolcrib_may_i_run.restype = ctypes.c_void_p
    kit.toolcrib_answer_allowed.argtypes = [ctypes.c_void_p]
    kit.toolcrib_answer_allowed.restype = ctypes.c_bool
    for name in ("standing", "reason", "rule", "sentence", "who"):
        ask = getattr(kit, "toolcrib_answer_" + name)
        ask.argtypes = [ctypes.c_void_p]
        ask.restype = ctypes.c_char_p
    kit.toolcrib_answer_free.argtypes = [ctypes.c_void_p]
    return kit


def main():
    library, home, product = sys.argv[1:]
    kit = load(library)
    answer = kit.toolcrib_may_i_run(home.encode(), product.encode())
    try:
        who = kit.toolcrib_answer_who(answer) or b"nobody"
        words = [kit.toolcrib_answer_standing(answer), kit.toolcrib_answer_reason(answer), who]
        print(b" ".join(words).decode())
        return 0 if kit.toolcrib_answer_allowed(answer) else 5
    finally:
        kit.toolcrib_answer_free(answer)


if __name__ == "__main__":
    sys.exit(main())
