"""The file storey: reading what came back, writing what goes out; knows no rule of any assessment."""
