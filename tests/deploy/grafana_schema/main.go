// SPDX-License-Identifier: Apache-2.0
// grafana_schema FILE…: holds dashboards against Grafana's own schema, as its SDK for Go has it: no unknown field, no value
// of another type, no name that is not one of those allowed.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func check(path string) (int, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	var board dashboard.Dashboard
	// The SDK gives an empty list of errors where there is none.
	var problems cog.BuildErrors
	if err := board.UnmarshalJSONStrict(content); err != nil && (!errors.As(err, &problems) || len(problems) > 0) {
		return 0, err
	}
	return len(board.Panels), board.Validate()
}

func main() {
	plugins.RegisterDefaultPlugins()
	panels := 0
	for _, path := range os.Args[1:] {
		count, err := check(path)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s:\n%v\n", path, err)
			os.Exit(1)
		}
		panels += count
	}
	fmt.Printf("%d panels of %d dashboards are as Grafana's schema says\n", panels, len(os.Args)-1)
}
