package innlesing

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json"
)

const beskyttelse = "adressebeskyttelse"

// kanVerneNoen says whether a record that cannot be used may tell of somebody who is protected. Were it set aside, what the
// register has of them would be answered as anybody's. A person's record must say that nobody is; of others it is enough that they do not say that somebody is.
func kanVerneNoen(raa []byte, person bool) bool {
	var record any
	if json.Unmarshal(raa, &record) != nil {
		return person || bytes.Contains(bytes.ToLower(raa), []byte(beskyttelse))
	}
	told, protected := graderinger(record)
	return protected || person && !told
}

// graderinger says whether a record tells of protection, wherever in it, and whether it tells that somebody is protected or was.
func graderinger(v any) (told, protected bool) {
	var inner []any
	switch v := v.(type) {
	case []any:
		inner = v
	case map[string]any:
		for key, value := range v {
			if strings.EqualFold(key, beskyttelse) {
				told, protected = true, protected || !ugradert(value)
				continue
			}
			inner = append(inner, value)
		}
	}
	for _, v := range inner {
		t, p := graderinger(v)
		told, protected = told || t, protected || p
	}
	return told, protected
}

// ugradert says whether a record's adressebeskyttelse, as any source writes it, is none for sure.
func ugradert(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.EqualFold(v, "ugradert")
	case []any:
		for _, entry := range v {
			if !ugradert(entry) {
				return false
			}
		}
		return true
	case map[string]any:
		for _, key := range []string{"gradering", "graderingsnivaa"} {
			if grade, is := v[key].(string); is {
				return strings.EqualFold(grade, "ugradert")
			}
		}
	}
	return false
}
