<?php
// Asks the service all questions with PHP's SoapClient and records what it made of each answer, for judge.py to
// compare.
declare(strict_types=1);

const PATHS = ['flat' => '/ws/NAV/Aareg2.pl?wsdl', 'split' => '/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl'];
const ADMIN = 'http://ws.infotorg.no/xml/Admin';
const TRACED = ['trace' => true, 'exceptions' => true, 'cache_wsdl' => WSDL_CACHE_NONE];

/** The header blocks by their names, each in the namespace of its own. */
function headerBlocks(array $header): array
{
    $blocks = [];
    foreach ($header as $name => $children) {
        $blocks[] = new SoapHeader(ADMIN . "/$name/2006-07-07/$name.xsd", $name, $children);
    }
    return $blocks;
}

/** All that SoapClient handed over, depth first: [path, text], the text null for what it says is nil. */
function leaves(mixed $value, string $path = ''): array
{
    if (!is_object($value) && !is_array($value)) {
        return [[$path, $value === null ? null : (string) $value]];
    }
    $found = [];
    foreach ((array) $value as $name => $children) {
        foreach (is_array($children) ? $children : [$children] as $i => $child) {
            array_push($found, ...leaves($child, "$path/{$name}[" . ($i + 1) . ']'));
        }
    }
    return $found ?: [[$path, null]];
}

/** One call, with these header blocks or with none, as the record of it and the answer's value. */
function ask(SoapClient $client, array $question, ?array $blocks): array
{
    $record = ['operation' => $question['operation'], 'name' => $question['name'], 'header' => $blocks !== null];
    $answer = null;
    $head = [];
    try {
        $began = hrtime(true);
        $answer = $client->__soapCall($question['operation'], [$question['children']], null, $blocks, $head);
        $record['seconds'] = (hrtime(true) - $began) / 1e9;
        $record['head'] = leaves($head);
        $record['body'] = leaves($answer);
    } catch (SoapFault $fault) {
        if (!isset($fault->detail)) {
            throw $fault;
        }
        $record['fault'] = ['code' => $fault->faultcode, 'string' => $fault->faultstring];
        $record['body'] = leaves($fault->detail->feil);
    }
    $record['sent'] = base64_encode($client->__getLastRequest());
    $record['received'] = base64_encode($client->__getLastResponse());
    return [$record, $answer];
}

/** The same answer after the loss of one leaf: the judge has to miss it, or it judges nothing. */
function sabotage(array $record, object $answer): array
{
    unset($answer->arbeidsforholdListe->arbeidsforhold[1]->begyntdato);
    return ['sabotaged' => true, 'body' => leaves($answer)] + $record;
}

/** How SoapClient logs in for questions without header blocks: by HTTP Basic; where anybody may ask, not at all. */
function login(array $asked): array
{
    return isset($asked['basic'])
        ? ['login' => $asked['basic']['brukernavn'], 'password' => $asked['basic']['passord']] : [];
}

function main(string $base, string $questions, string $out): void
{
    $asked = json_decode(file_get_contents($questions), true, 16, JSON_THROW_ON_ERROR);
    $records = fopen($out, 'w');
    $write = fn (array $record) => fwrite($records, json_encode($record, JSON_THROW_ON_ERROR) . "\n");
    foreach (PATHS as $contract => $path) {
        foreach ([null, headerBlocks($asked['header'])] as $blocks) {
            $client = new SoapClient($base . $path, TRACED + ($blocks ? [] : login($asked)));
            foreach ($asked['questions'] as $question) {
                [$record, $answer] = ask($client, $question, $blocks);
                $record['contract'] = $contract;
                $write($record);
                if ($question['sabotage'] ?? false) {
                    $write(sabotage($record, $answer));
                }
            }
        }
    }
    echo 'PHP SoapClient ', PHP_VERSION, "\n";
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    main(...array_slice($argv, 1));
}
