// Validates chains with crypto/x509: target, intermediates, anchors, purpose OID, host; one line each.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
)

var usages = map[string]x509.ExtKeyUsage{
	"":                  x509.ExtKeyUsageAny,
	"1.3.6.1.5.5.7.3.1": x509.ExtKeyUsageServerAuth,
	"1.3.6.1.5.5.7.3.2": x509.ExtKeyUsageClientAuth,
	"1.3.6.1.5.5.7.3.3": x509.ExtKeyUsageCodeSigning,
	"1.3.6.1.5.5.7.3.4": x509.ExtKeyUsageEmailProtection,
	"1.3.6.1.5.5.7.3.8": x509.ExtKeyUsageTimeStamping,
	"1.3.6.1.5.5.7.3.9": x509.ExtKeyUsageOCSPSigning,
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if err := examine(strings.Split(in.Text(), "\t")); err != nil {
			fmt.Println("no\t" + strings.Join(strings.Fields(err.Error()), " "))
		} else {
			fmt.Println("ok")
		}
	}
}

func examine(fields []string) error {
	target, err := read(fields[0])
	if err != nil {
		return err
	}
	options := x509.VerifyOptions{
		Roots:         x509.NewCertPool(),
		Intermediates: x509.NewCertPool(),
		KeyUsages:     []x509.ExtKeyUsage{usages[fields[3]]},
		DNSName:       fields[4],
	}
	for path, pool := range map[string]*x509.CertPool{fields[1]: options.Intermediates, fields[2]: options.Roots} {
		if path == "" {
			continue
		}
		certificates, err := read(path)
		if err != nil {
			return err
		}
		for _, certificate := range certificates {
			pool.AddCert(certificate)
		}
	}
	_, err = target[0].Verify(options)
	return err
}

func read(path string) ([]*x509.Certificate, error) {
	rest, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var certificates []*x509.Certificate
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		certificates = append(certificates, certificate)
	}
	return certificates, nil
}
