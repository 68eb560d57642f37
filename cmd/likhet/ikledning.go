package main

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// ikledning is another way to write a question's envelope: one that means the same, or one that must be refused.
type ikledning struct {
	navn string
	om   func(konvolutt string) string
}

// ikledninger are drawn for some questions: what reads them may be made faster, too.
var ikledninger = []ikledning{
	{"white space and comments", func(s string) string {
		return strings.ReplaceAll(s, "><", "> \n<!-- - -->\t<")
	}},
	{"character references", func(s string) string {
		var b strings.Builder
		for _, r := range s {
			if r < 0x80 {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, "&#x%X;", r)
			}
		}
		return b.String()
	}},
	{"CDATA", eachBarn(func(tag, text string) string { return "<" + tag + "><![CDATA[" + text + "]]></" + tag + ">" })},
	{"children in the namespace", eachBarn(func(tag, text string) string { return "<a:" + tag + ">" + text + "</a:" + tag + ">" })},
	{"white space in values", eachBarn(func(tag, text string) string { return "<" + tag + "> \n" + text + "\t</" + tag + ">" })},
	{"xsi:nil", eachBarn(func(tag, _ string) string {
		return `<` + tag + ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`
	})},
	{"twice", eachBarn(func(tag, text string) string { return strings.Repeat("<"+tag+">"+text+"</"+tag+">", 2) })},
	{"nested", eachBarn(func(tag, text string) string { return "<" + tag + "><b>" + text + "</b></" + tag + ">" })},
	{"an unknown child", inni("<ukjent>1</ukjent>")},
	{"an unknown child that is empty", inni("<ukjent/>")},
	{"text among the children", inni("tekst")},
	{"ISO-8859-1", func(s string) string {
		b := []byte(`<?xml version="1.0" encoding="ISO-8859-1"?>`)
		for _, r := range s {
			b = append(b, byte(r)) // names here have no letter beyond it
		}
		return string(b)
	}},
	{"UTF-16", func(s string) string {
		b := []byte{0xFF, 0xFE}
		for _, unit := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, unit)
		}
		return string(b)
	}},
	{"not well-formed", func(s string) string { return strings.Replace(s, "</s:Body>", "</s:Bodi>", 1) }},
	{"a DTD", func(s string) string { return "<!DOCTYPE a []>" + s }},
	{"another operation", func(s string) string { return strings.ReplaceAll(s, "a:hent", "a:finn") }},
	{"another envelope", func(s string) string {
		return strings.ReplaceAll(s, "http://www.w3.org/2003/05/soap-envelope", "urn:envelope")
	}},
	{"a header that must be understood", func(s string) string {
		return strings.Replace(s, "</s:Header>", `<x:Y xmlns:x="urn:x" s:mustUnderstand="1"/></s:Header>`, 1)
	}},
}

// inni puts something before the end of the operation.
func inni(what string) func(string) string {
	return func(s string) string {
		return strings.Replace(s, "</a:hent", what+"</a:hent", 1)
	}
}

// eachBarn writes each element of the operation anew.
func eachBarn(anew func(tag, text string) string) func(string) string {
	return func(s string) string {
		begin := strings.Index(s, "<s:Body><a:hent")
		begin += strings.IndexByte(s[begin+len("<s:Body>"):], '>') + len("<s:Body>") + 1
		end := strings.LastIndex(s, "</a:hent")
		var b strings.Builder
		for rest := s[begin:end]; rest != ""; {
			tag, after, _ := strings.Cut(rest[1:], ">")
			text, next, _ := strings.Cut(after, "</"+tag+">")
			b.WriteString(anew(tag, text))
			rest = next
		}
		return s[:begin] + b.String() + s[end:]
	}
}
