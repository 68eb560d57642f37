package store

// registerformat is the version of aareg's own NDJSON.
const registerformat = 1

// Registerhode is what the register knows of itself beside its records: without it numbers would be minted anew.
type Registerhode struct {
	Format             int    `json:"format"`             // of aareg's own NDJSON, 1
	Utstedelsesnoekkel []byte `json:"utstedelsesnoekkel"` // the key that numbers are minted with
	Utstedt            uint32 `json:"utstedt"`            // how many were minted
	Poster             int    `json:"poster,omitempty"`   // how many records follow, so that a file that was cut is seen; 0: not told
}
