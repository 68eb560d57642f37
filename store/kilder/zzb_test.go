package kilder
import "testing"
func BenchmarkUkjent(b *testing.B){
 m:=NewMerknader(); t:=[]byte(`{"sporingsinformasjon":{"opprettetTidspunkt":"2019-05-13T00:54:04.359","opprettetAv":"srv","opprettetKilde":"EDAG","opprettetKildereferanse":"22a26849-aeef-4b81-9174-e238c11e1081","endretTidspunkt":"2019-05-13T00:54:04.359"}}`)
 b.ReportAllocs()
 for b.Loop(){ m.ukjent("ansettelsesdetaljer.",t)}
}
