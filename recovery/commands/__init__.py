"""The commands of `cognito-dr`: thin, a file each; what they do lies beside this folder."""
