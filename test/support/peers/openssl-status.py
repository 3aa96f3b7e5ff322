"""Queries OpenSSL for a certificate's status, case by case over a pipe: libcrypto itself, through ctypes.

A frame is a big-endian length of four octets, and that many octets. The first frame holds the setup, each later one a
batch of cases. Inside, a blob is encoded the same way, a number as four octets, and a list as a count and its blobs.
  setup:  time, trusted, untrusted, targets (lists of DER), issuer
  batch:  number of cases; for each: index of the target, lists, responses
  answer: two octets for each case: bits of MODES, and of RESPONSES
"""
import ctypes
import sys

crypto = ctypes.CDLL("libcrypto.so.3")
P, I, L, S = ctypes.c_void_p, ctypes.c_int, ctypes.c_long, ctypes.c_char_p


def function(name, result, *arguments):
    found = getattr(crypto, name)
    found.restype, found.argtypes = result, arguments
    return found


def d2i(name):
    read = function("d2i_" + name, P, P, ctypes.POINTER(S), L)

    def whole(der):
        at = S(der)
        start = ctypes.cast(at, P).value
        value = read(None, ctypes.byref(at), len(der))
        if value and ctypes.cast(at, P).value - start == len(der):
            return value
        return None

    return whole


read_certificate, read_list, read_response = d2i("X509"), d2i("X509_CRL"), d2i("OCSP_RESPONSE")
free_list, free_response = function("X509_CRL_free", None, P), function("OCSP_RESPONSE_free", None, P)
free_basic = function("OCSP_BASICRESP_free", None, P)
new_stack, push = function("OPENSSL_sk_new_null", P), function("OPENSSL_sk_push", I, P, P)
free_stack = function("OPENSSL_sk_free", None, P)
new_store, add_certificate = function("X509_STORE_new", P), function("X509_STORE_add_cert", I, P, P)
store_param = function("X509_STORE_get0_param", P, P)
set_time = function("X509_VERIFY_PARAM_set_time", None, P, ctypes.c_int64)
new_context, free_context = function("X509_STORE_CTX_new", P), function("X509_STORE_CTX_free", None, P)
init_context = function("X509_STORE_CTX_init", I, P, P, P, P)
set_lists = function("X509_STORE_CTX_set0_crls", None, P, P)
set_flags = function("X509_STORE_CTX_set_flags", None, P, ctypes.c_ulong)
verify, error_of = function("X509_verify_cert", I, P), function("X509_STORE_CTX_get_error", I, P)
clear_errors = function("ERR_clear_error", None)
basic_of = function("OCSP_response_get1_basic", P, P)
basic_verify = function("OCSP_basic_verify", I, P, P, P, ctypes.c_ulong)
find_status = function("OCSP_resp_find_status", I, P, P, P, P, P, P, P)
new_id = function("OCSP_cert_to_id", P, P, P, P)
hashes = [function("EVP_" + name, P)() for name in ("sha1", "sha256", "sha384", "sha512")]

CRL_CHECK, EXTENDED, DELTAS = 0x4, 0x1000, 0x2000
# Bits of the first octet of an answer, from the lowest: revoked in this mode; bit 7: accepted in the first mode.
MODES = (CRL_CHECK, CRL_CHECK | EXTENDED, CRL_CHECK | DELTAS, CRL_CHECK | EXTENDED | DELTAS)
ACCEPTED, ERROR_REVOKED, OCSP_REVOKED = 0x80, 23, 1


class Cursor:
    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def number(self):
        self.at += 4
        return int.from_bytes(self.octets[self.at - 4 : self.at], "big")

    def blob(self):
        length = self.number()
        self.at += length
        return self.octets[self.at - length : self.at]

    def blobs(self):
        return [self.blob() for _ in range(self.number())]


def stack(values):
    made = new_stack()
    for value in values:
        push(made, value)
    return made


class Peer:
    def __init__(self, setup):
        when = setup.number()
        self.store = new_store()
        for der in setup.blobs():
            add_certificate(self.store, read_certificate(der))
        set_time(store_param(self.store), when)
        self.untrusted = stack([read_certificate(der) for der in setup.blobs()])
        self.targets = [read_certificate(der) for der in setup.blobs()]
        issuer = read_certificate(setup.blob())
        self.ids = [[new_id(each, target, issuer) for each in hashes] for target in self.targets]

    def listed(self, target, ders):
        lists = [each for each in map(read_list, ders) if each]
        crls, answer = stack(lists), 0
        for bit, flags in enumerate(MODES if lists else ()):
            context = new_context()
            init_context(context, self.store, self.targets[target], self.untrusted)
            set_lists(context, crls)
            set_flags(context, flags)
            if verify(context) == 1 and bit == 0:
                answer |= ACCEPTED
            if error_of(context) == ERROR_REVOKED:
                answer |= 1 << bit
            free_context(context)
            if answer & ~ACCEPTED:
                break
        free_stack(crls)
        for each in lists:
            free_list(each)
        return answer

    def answered(self, target, der):
        """Whether this response, which OpenSSL accepts, says revoked."""
        response = read_response(der)
        basic = response and basic_of(response)
        revoked = False
        if basic and basic_verify(basic, self.untrusted, self.store, 0) == 1:
            status = I()
            for each in self.ids[target]:
                found = find_status(basic, each, ctypes.byref(status), None, None, None, None)
                revoked = revoked or (found == 1 and status.value == OCSP_REVOKED)
        if basic:
            free_basic(basic)
        if response:
            free_response(response)
        return revoked

    def examine(self, case):
        target, lists, responses = case.number(), case.blobs(), case.blobs()
        bits = sum(self.answered(target, der) << bit for bit, der in enumerate(responses))
        answer = bytes([self.listed(target, lists), bits])
        clear_errors()
        return answer


def frame():
    head = sys.stdin.buffer.read(4)
    return Cursor(sys.stdin.buffer.read(int.from_bytes(head, "big"))) if len(head) == 4 else None


peer = Peer(frame())
while batch := frame():
    answer = b"".join([peer.examine(batch) for _ in range(batch.number())])
    sys.stdout.buffer.write(len(answer).to_bytes(4, "big") + answer)
    sys.stdout.buffer.flush()
