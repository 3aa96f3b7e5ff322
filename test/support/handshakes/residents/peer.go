// Plays one side of each job on loopback: peer serve|ask FILE. Ends with its standard input.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"
)

const answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"

type job struct{ id, port, cert, key, ca, crls, host, checksHost, asks, verifies string }

func settings(each job, isServer bool) *tls.Config {
	made := &tls.Config{MinVersion: tls.VersionTLS12}
	if each.cert != "-" {
		own, err := tls.LoadX509KeyPair(each.cert, each.key)
		if err != nil {
			log.Fatal(each.id, ": ", err)
		}
		made.Certificates = []tls.Certificate{own}
	}
	bundle := x509.NewCertPool()
	if each.ca != "-" {
		pem, err := os.ReadFile(each.ca)
		if err != nil {
			log.Fatal(err)
		}
		bundle.AppendCertsFromPEM(pem)
	}
	if !isServer {
		made.RootCAs, made.ServerName = bundle, each.host
		made.InsecureSkipVerify = each.verifies == "no"
		return made
	}
	made.ClientCAs = bundle
	switch each.asks + " " + each.verifies {
	case "no handshake", "no no":
		made.ClientAuth = tls.NoClientCert
	case "optional handshake":
		made.ClientAuth = tls.VerifyClientCertIfGiven
	case "optional no":
		made.ClientAuth = tls.RequestClientCert
	case "required no":
		made.ClientAuth = tls.RequireAnyClientCert
	default:
		made.ClientAuth = tls.RequireAndVerifyClientCert
	}
	return made
}

func serve(each job) {
	listener, err := tls.Listen("tcp", "127.0.0.1:"+each.port, settings(each, true))
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer connection.Close()
				if n, _ := connection.Read(make([]byte, 4096)); n > 0 {
					io.WriteString(connection, answer)
				}
			}()
		}
	}()
}

func ask(each job) {
	raw, err := net.Dial("tcp", "127.0.0.1:"+each.port)
	if err != nil {
		return
	}
	defer raw.Close()
	connection := tls.Client(raw, settings(each, false))
	if connection.Handshake() != nil {
		return
	}
	io.WriteString(connection, "GET / HTTP/1.0\r\n\r\n")
	io.Copy(io.Discard, connection)
}

func main() {
	text, err := os.ReadFile(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		f := strings.Split(line, "\t")
		each := job{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]}
		if os.Args[1] == "serve" {
			serve(each)
		} else {
			ask(each)
		}
	}
	fmt.Println("done")
	io.Copy(io.Discard, os.Stdin)
}
