<?php
// Asks with PHP's SoapClient what login.py tells it: a question a line comes in, a line goes out with what SoapClient
// made of the answer. Each question loads the contract anew; SoapClient shows the password of HTTP Basic then, too.
declare(strict_types=1);

require __DIR__ . '/php_client.php';

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = WSS . 'wssecurity-secext-1.0.xsd';

/** A UsernameToken, which SoapClient has no words for: written by hand, as is done with it. */
function usernameToken(array $wsse): SoapHeader
{
    $text = fn (string $s): string => htmlspecialchars($s, ENT_XML1 | ENT_NOQUOTES);
    $profile = WSS . 'username-token-profile-1.0#';
    $password = ['Text', $wsse['passord']];
    $fresh = '';
    if ($wsse['digest']) {
        [$nonce, $created] = [random_bytes(16), gmdate('Y-m-d\TH:i:s\Z')];
        $password = ['Digest', base64_encode(sha1($nonce . $created . $wsse['passord'], true))];
        $fresh = '<e:Nonce>' . base64_encode($nonce) . '</e:Nonce><u:Created xmlns:u="' . WSS
            . "wssecurity-utility-1.0.xsd\">$created</u:Created>";
    }
    $xml = '<e:Security xmlns:e="' . WSSE . '"><e:UsernameToken><e:Username>' . $text($wsse['brukernavn'])
        . "</e:Username><e:Password Type=\"{$profile}Password{$password[0]}\">" . $text($password[1])
        . "</e:Password>$fresh</e:UsernameToken></e:Security>";
    return new SoapHeader(WSSE, 'Security', new SoapVar($xml, XSD_ANYXML));
}

/** A client that logs in as the question says, beside what its header blocks say. */
function clientFor(string $base, array $asked): SoapClient
{
    $certificate = isset($asked['certificate']) ? ['local_cert' => $asked['certificate']] : [];
    return new SoapClient($base . PATHS['flat'], TRACED + login($asked) + $certificate);
}

while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line, true, 16, JSON_THROW_ON_ERROR);
    $blocks = isset($asked['header']) ? headerBlocks($asked['header']) : [];
    if (isset($asked['wsse'])) {
        $blocks[] = usernameToken($asked['wsse']);
    }
    [$record] = ask(clientFor($argv[1], $asked), $asked['question'], $blocks ?: null);
    echo json_encode($record, JSON_THROW_ON_ERROR), "\n";
}
