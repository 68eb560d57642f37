# Asks the service all questions with soap4r and records what it made of each answer, for judge.py to compare.

require 'base64'
require 'json'
gem 'soap4r-ruby1.9'
require 'soap/wsdlDriver'
require 'soap/header/handler'

PATHS = { 'flat' => '/ws/NAV/Aareg2.pl?wsdl', 'split' => '/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl' }.freeze
ADMIN = 'http://ws.infotorg.no/xml/Admin'.freeze
BLOCKS = { 'Brukersesjon' => 'Brukersesjon', 'Transaksjon' => 'Transaksjon', 'Transaksjonsinfo' => 'Transaksjon' }.freeze

# Capitals has soap4r read what a server sends as charset=utf-8, in small letters: it tells REXML of that charset when
# REXML has read three bytes, which are lost (felipec/soap4r#19). REXML read on without them until 3.3; a client that
# runs on a newer one needs these lines with every server that says so.
module Capitals
  def charset
    super&.upcase
  end
end
XSD::XMLParser::REXMLParser.prepend(Capitals)

# Wire keeps the bytes that went out and came in last.
module Wire
  attr_reader :sent, :received

  def send(url, conn_data, charset = nil)
    super.tap { |data| @sent, @received = data.send_string, data.receive_string }
  end
end

# Block sends one header block when it has children, and keeps the one of its name that came in last: soap4r takes
# header blocks from such handlers, and hands them over to them.
class Block < SOAP::Header::Handler
  attr_accessor :children
  attr_reader :received

  def initialize(name, schema)
    super(XSD::QName.new("#{ADMIN}/#{schema}/2006-07-07/#{schema}.xsd", name))
  end

  def on_outbound
    return unless children
    block = SOAP::SOAPElement.new(elename)
    children.each { |name, text| block.add(SOAP::SOAPElement.new(XSD::QName.new(nil, name), text)) }
    block
  end

  def on_inbound(header, _must_understand)
    @received = header
  end
end

# under is the leaves of these [name, child or children], whose leaves the block tells.
def under(pairs, path, &leaves)
  pairs.flat_map do |name, children|
    (children.is_a?(Array) ? children : [children]).each.with_index(1).flat_map do |child, i|
      leaves.call(child, "#{path}/#{name}[#{i}]")
    end
  end
end

# leaves is all that soap4r handed over, depth first: [path, text], the text nil for what it says is empty or nil.
def leaves(value, path = '')
  return [[path, value&.to_s]] unless value.is_a?(SOAP::Mapping::Object)
  found = under(value.__xmlele.map { |name, children| [name.name, children] }, path) { |child, at| leaves(child, at) }
  found.empty? ? [[path, nil]] : found
end

# header_leaves is all leaves of a header block as soap4r's tree has it.
def header_leaves(element, path)
  return [[path, nil]] if element.is_a?(SOAP::SOAPNil)
  found = under(element.to_a, path) { |child, at| header_leaves(child, at) } if element.respond_to?(:to_a)
  found.nil? || found.empty? ? [[path, element.data&.to_s]] : found
end

# Client is one WSDL loaded.
class Client
  def initialize(wsdl)
    @driver = SOAP::WSDLDriverFactory.new(wsdl).create_rpc_driver
    @driver.streamhandler.extend(Wire)
    @blocks = BLOCKS.map { |name, schema| Block.new(name, schema) }
    @blocks.each { |block| @driver.headerhandler << block }
  end

  # ask makes one call, with these header blocks or with none, and returns the record of it and the answer's value.
  def ask(question, header)
    @blocks.each { |block| block.children = header && header[block.elename.name] }
    record = { operation: question['operation'], name: question['name'], header: !header.nil? }
    begin
      answer = @driver.__send__(question['operation'], question['children'])
      record[:body] = leaves(answer)
      record[:head] = @blocks.select(&:received).flat_map { |b| header_leaves(b.received, "/#{b.elename.name}[1]") }
    rescue SOAP::FaultError => fault
      record[:fault] = { code: fault.faultcode.data, string: fault.faultstring.data }
      record[:body] = leaves(fault.detail.feil)
    end
    wire = @driver.streamhandler
    [record.merge(sent: Base64.strict_encode64(wire.sent), received: Base64.strict_encode64(wire.received)), answer]
  end
end

# sabotage is the same answer after the loss of one leaf: the judge has to miss it, or it judges nothing.
def sabotage(record, answer)
  answer.arbeidsforholdListe.arbeidsforhold[1].__xmlele.reject! { |name, _| name.name == 'begyntdato' }
  record.merge(sabotaged: true, body: leaves(answer))
end

base, questions, out = ARGV
asked = JSON.parse(File.read(questions, encoding: 'UTF-8'))
File.open(out, 'w') do |records|
  PATHS.each do |contract, path|
    client = Client.new(base + path)
    [nil, asked['header']].each do |header|
      asked['questions'].each do |question|
        record, answer = client.ask(question, header)
        record[:contract] = contract
        records.puts(JSON.generate(record))
        records.puts(JSON.generate(sabotage(record, answer))) if question['sabotage']
      end
    end
  end
end
puts "soap4r #{SOAP::VERSION}"
