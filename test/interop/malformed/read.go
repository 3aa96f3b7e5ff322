package main

import (
	"bufio"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
)

// Reads certificates, base64, one a line; answers "ok" or why not, in the same order.
func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		der, err := base64.StdEncoding.DecodeString(in.Text())
		if err == nil {
			_, err = x509.ParseCertificate(der)
		}
		if err != nil {
			fmt.Println("no\t" + strings.Join(strings.Fields(err.Error()), " "))
		} else {
			fmt.Println("ok")
		}
	}
}
