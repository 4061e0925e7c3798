//go:build tools

// Package tools pins the Pulumi engine that set-up builds where no official install is on PATH.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
