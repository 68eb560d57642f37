package soap

import (
	"mime"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// plainHost is a Host that may be repeated in a document: a name or an address, and maybe a port.
var plainHost = regexp.MustCompile(`^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$`)

// base is what the addresses in a document begin with: the configured URL, else the host that was asked for, as a
// trusted proxy or the request itself tells it.
func (h *handler) base(r *http.Request) string {
	if h.config.PublicURL != "" {
		return strings.TrimSuffix(h.config.PublicURL, "/")
	}
	host, scheme := r.Host, "http"
	if r.TLS != nil {
		scheme = "https"
	}
	if h.trusts(r.RemoteAddr) {
		forwardedHost, forwardedScheme := forwarded(r.Header)
		if plainHost.MatchString(forwardedHost) {
			host = forwardedHost
		}
		if s := strings.ToLower(forwardedScheme); s == "http" || s == "https" {
			scheme = s
		}
	}
	if !plainHost.MatchString(host) {
		return "http://localhost"
	}
	return scheme + "://" + host
}

// trusts says whether a peer is one of the configured proxies.
func (h *handler) trusts(peer string) bool {
	ip, known := address(peer)
	return known && h.isProxy(ip)
}

func (h *handler) isProxy(ip netip.Addr) bool {
	return slices.ContainsFunc(h.config.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// address is the address of a peer, as a network is compared with it.
func address(peer string) (netip.Addr, bool) {
	addr, err := netip.ParseAddrPort(peer)
	return addr.Addr().Unmap().WithZone(""), err == nil
}

// source is who asks: the peer or, behind trusted proxies, the nearest address before them that X-Forwarded-For tells.
func (h *handler) source(r *http.Request) netip.Addr {
	ip, _ := address(r.RemoteAddr)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && h.isProxy(ip); i-- {
		hop := strings.TrimSpace(hops[i])
		before, err := netip.ParseAddr(hop)
		if withPort, known := address(hop); known {
			before, err = withPort, nil
		}
		if err != nil {
			break // whatever stands further away was not written by a proxy that is trusted
		}
		ip = before.Unmap().WithZone("")
	}
	return ip
}

// forwarded is the host and the scheme that a proxy says it was asked with, in Forwarded (RFC 7239) or in
// X-Forwarded-Host and X-Forwarded-Proto. Where there are several values the last counts: the nearest proxy wrote it,
// and whatever stands before may be the client's own. For the same reason both forms at once say nothing.
func forwarded(h http.Header) (host, scheme string) {
	element := last(h.Values("Forwarded"))
	host, scheme = last(h.Values("X-Forwarded-Host")), last(h.Values("X-Forwarded-Proto"))
	if element == "" {
		return host, scheme
	}
	if host != "" || scheme != "" {
		return "", ""
	}
	// The pairs of an element are written like a media type's parameters.
	_, pairs, err := mime.ParseMediaType("x/x;" + element)
	if err != nil {
		return "", ""
	}
	return pairs["host"], pairs["proto"]
}

// last is the last element of a header's comma-separated list.
func last(values []string) string {
	list := strings.Join(values, ",")
	return strings.TrimSpace(list[strings.LastIndexByte(list, ',')+1:])
}
