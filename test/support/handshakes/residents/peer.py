# Plays one side of each job on loopback: python3 peer.py serve|ask FILE. Ends with its standard input.
import socket, ssl, sys, threading

mode, path = sys.argv[1:]
FIELDS = ['id', 'port', 'cert', 'key', 'ca', 'crls', 'host', 'checks_host', 'asks', 'verifies']
jobs = [dict(zip(FIELDS, line.rstrip('\n').split('\t'))) for line in open(path)]
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n'


def context(job, is_server):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if is_server else ssl.PROTOCOL_TLS_CLIENT)
    if job['cert'] != '-':
        made.load_cert_chain(job['cert'], job['key'])
    if job['ca'] != '-':
        made.load_verify_locations(job['ca'])
    if job['crls'] != '-':
        for crl in job['crls'].split(','):
            made.load_verify_locations(crl)
        made.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
    if is_server:
        asks = {'no': ssl.CERT_NONE, 'optional': ssl.CERT_OPTIONAL, 'required': ssl.CERT_REQUIRED}
        made.verify_mode = asks[job['asks']]
    else:
        made.check_hostname = job['checks_host'] == 'yes'
        made.verify_mode = ssl.CERT_NONE if job['verifies'] == 'no' else ssl.CERT_REQUIRED
    return made


def answer(made, connection):
    try:
        with made.wrap_socket(connection, server_side=True) as peer:
            if peer.recv(4096):
                peer.sendall(ANSWER)
    except OSError:
        pass
    finally:
        connection.close()


def serve(made, listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(made, connection), daemon=True).start()


def ask(job):
    try:
        made = context(job, False)
        with socket.create_connection(('127.0.0.1', int(job['port']))) as connection:
            with made.wrap_socket(connection, server_hostname=job['host']) as peer:
                peer.sendall(b'GET / HTTP/1.0\r\n\r\n')
                while peer.recv(4096):
                    pass
    except OSError:
        pass


if mode == 'serve':
    for job in jobs:
        listener = socket.create_server(('127.0.0.1', int(job['port'])))
        threading.Thread(target=serve, args=(context(job, True), listener), daemon=True).start()
else:
    for job in jobs:
        ask(job)
print('done', flush=True)
sys.stdin.read()
