# Asks the service all questions with SOAP::Lite and records what it made of each answer, for judge.py to compare.
# SOAP::Lite reads addresses and names from a WSDL, and no types: so the question's namespace and its types are given
# here. What it sends without that help is recorded too, once for each contract.
use strict;
use warnings;
use utf8;

use JSON::PP;
use MIME::Base64 qw(encode_base64);
use SOAP::Lite;

my %PATHS = (flat => '/ws/NAV/Aareg2.pl?wsdl', split => '/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl');
my $AAREG2 = 'http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd';
my $ADMIN = 'http://ws.infotorg.no/xml/Admin';

# The bytes that went out and came in last.
my ($sent, $received);
SOAP::Trace->import(transport => sub {
    my ($message) = @_;
    if ($message->isa('HTTP::Request')) { $sent = $message->content }
    else { $received = $message->decoded_content(charset => 'none') }
});

# texts is the children of a question or of a header block, sorted by name.
sub texts {
    my ($children) = @_;
    return map { SOAP::Data->name($_ => $children->{$_})->type('string') } sort keys %$children;
}

# header_blocks is the header blocks, each in the namespace of its own.
sub header_blocks {
    my ($header) = @_;
    return map {
        SOAP::Header->name($_ => \SOAP::Data->value(texts($header->{$_})))->uri("$ADMIN/$_/2006-07-07/$_.xsd")->prefix(lc)
    } sort keys %$header;
}

# leaves is all that SOAP::Lite handed over below an element, depth first: [path, text], the text undef for what it
# says is nil.
sub leaves {
    my ($data, $path) = @_;
    my $value = $data->value;
    return [$path, $value] unless ref $value;
    my (%seen, @found);
    for my $child ($$value->value) {
        my $name = $child->name =~ s/^\{[^}]*\}//r;
        $seen{$name}++;
        push @found, leaves($child, "$path/$name\[$seen{$name}]");
    }
    return @found;
}

# ask makes one call, with these header blocks or with none, and returns the record of it and the answer.
sub ask {
    my ($service, $question, $header) = @_;
    my $operation = $service->{ $question->{operation} };
    my $client = SOAP::Lite->proxy($operation->{endpoint}->value)->ns($AAREG2, 'aareg2')->on_fault(sub { $_[1] })
        ->on_action(sub { '"' . $operation->{soapaction}->value . '"' });
    my $som = $client->call($question->{operation}, texts($question->{children}), header_blocks($header // {}));
    my %record = (operation => $question->{operation}, name => $question->{name}, header => bool($header),
        sent => encode_base64($sent, ''), received => encode_base64($received, ''));
    if ($som->fault) {
        $record{fault} = { code => $som->faultcode, string => $som->faultstring };
        $record{body} = [leaves($som->dataof('/Envelope/Body/Fault/detail/feil'), '')];
    } else {
        $record{body} = [leaves($som->dataof('/Envelope/Body/[1]'), '')];
        $record{head} = [leaves($som->dataof('/Envelope/Header'), '')];
    }
    return \%record;
}

sub bool { return $_[0] ? JSON::PP::true : JSON::PP::false }

# unaided records what SOAP::Lite sends when nobody gives it the types: the methods that it makes of the WSDL are called.
sub unaided {
    my ($wsdl, $question) = @_;
    my $operation = $question->{operation};
    my $stub = do { local $SIG{__WARN__} = sub { }; SOAP::Lite->service($wsdl) }; # it makes its methods anew each time
    undef $sent;
    $stub->$operation(values %{ $question->{children} });
    return { cannot => 'types_from_wsdl', operation => $operation, name => $question->{name}, header => JSON::PP::false,
        sent => encode_base64($sent, '') };
}

# sabotage is the same answer after the loss of one leaf: the judge has to miss it, or it judges nothing.
sub sabotage {
    my ($record) = @_;
    my @kept = grep { $_->[0] ne '/arbeidsforholdListe[1]/arbeidsforhold[2]/begyntdato[1]' } @{ $record->{body} };
    return { %$record, sabotaged => JSON::PP::true, body => \@kept };
}

my ($base, $questions, $out) = @ARGV;
my $json = JSON::PP->new->utf8;
open my $file, '<:raw', $questions or die "$questions: $!";
my $asked = $json->decode(do { local $/; <$file> });
open my $records, '>:raw', $out or die "$out: $!";
for my $contract (sort keys %PATHS) {
    my $wsdl = $base . $PATHS{$contract};
    my $write = sub { print $records $json->encode({ %{ $_[0] }, contract => $contract, reads => 'names' }), "\n" };
    my $service = SOAP::Schema->new->schema_url($wsdl)->parse->services->{Aareg2Service};
    for my $header (undef, $asked->{header}) {
        for my $question (@{ $asked->{questions} }) {
            my $record = ask($service, $question, $header);
            $write->($record);
            next unless $question->{sabotage};
            $write->(sabotage($record));
            $write->(unaided($wsdl, $question)) unless $header;
        }
    }
}
close $records or die "$out: $!";
print "SOAP::Lite $SOAP::Lite::VERSION\n";
