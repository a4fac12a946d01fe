using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reasoner.Storage;

namespace Reasoner.Cli;

/// <summary><c>reasoner log export</c>: the log as NDJSON.</summary>
internal sealed class LogExportCommand : ReasonerCommand
{
    private static readonly JsonWriterOptions _oneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Option<string?> _store = StoreOption.Make("");
    private readonly Option<long> _after = new("--after") { Description = "Leave out entries up to this number", HelpName = "NUMBER" };
    private readonly Option<bool> _records = new("--records") { Description = "Write the decision records alone, as 'reasoner verify' reads them" };
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file instead of standard output", HelpName = "FILE" };

    public LogExportCommand(CommandSurroundings surroundings)
        : base("export", "Writes the decision log, one entry a line (NDJSON), in its order.", surroundings, "log export --out log.ndjson", "log export --records --out decisions.ndjson")
    {
        Options.Add(_store);
        Options.Add(_after);
        Options.Add(_records);
        Options.Add(_out);
    }

    private protected override int Run(ParseResult arguments)
    {
        StoreWork.Read(() => StoreOption.Read(arguments, _store), log => Task.FromResult(OutputFile.Write(
            arguments.GetValue(_out), Console, stream => ExportAsync(log, arguments.GetValue(_after), arguments.GetValue(_records), stream).GetAwaiter().GetResult())));
        return ExitStatus.Done;
    }

    private async Task<bool> ExportAsync(DecisionLog log, long after, bool recordsAlone, Stream stream)
    {
        await foreach (var entry in log.ReadAsync(after, Cancellation))
        {
            using (var json = new Utf8JsonWriter(stream, _oneLine))
            {
                using var record = JsonDocument.Parse(RecordOf(entry));
                if (recordsAlone) record.WriteTo(json);
                else Write(json, entry, record);
            }

            stream.WriteByte((byte)'\n');
        }

        return true;
    }

    private static void Write(Utf8JsonWriter json, LogEntry entry, JsonDocument record)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", entry.Sequence);
        json.WriteString("time", entry.Time.UtcDateTime);
        json.WriteString("kind", entry.Kind);
        json.WriteString("id", entry.Id);
        json.WriteString("domain", entry.Domain);
        if (entry.IdempotencyKey is { } key) json.WriteString("idempotencyKey", key);
        if (entry.Fingerprint is { } fingerprint) json.WriteString("fingerprint", fingerprint);
        json.WriteString("digest", Convert.ToHexStringLower(entry.Digest.Span));
        json.WriteString("previous", Convert.ToHexStringLower(entry.Previous.Span));
        json.WriteString("hash", Convert.ToHexStringLower(entry.Hash.Span));
        json.WritePropertyName("record");
        record.WriteTo(json);
        json.WriteEndObject();
    }

    private static byte[] RecordOf(LogEntry entry)
    {
        try
        {
            return entry.ReadRecord();
        }
        catch (InvalidDataException)
        {
            throw new FileErrorException($"error: entry {entry.Sequence} ({entry.Id}) of the decision log is damaged; 'reasoner log verify' names every such entry.");
        }
    }
}
