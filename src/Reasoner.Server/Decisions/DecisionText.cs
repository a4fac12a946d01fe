using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>Decision records as the command line writes them: JSON in UTF-8 that ends with a line feed.</summary>
internal static class DecisionText
{
    public const string MediaType = "application/json";

    /// <summary>For people too: what one decision is answered with.</summary>
    public static byte[] Indented(DecisionRecord record) => Write(record, DecisionJson.Indented.DecisionRecord);

    /// <summary>On one line: what a batch is answered with.</summary>
    public static byte[] OneLine(DecisionRecord record) => Write(record, DecisionJson.OneLine.DecisionRecord);

    private static byte[] Write(DecisionRecord record, JsonTypeInfo<DecisionRecord> type)
    {
        using var bytes = new MemoryStream();
        JsonSerializer.Serialize(bytes, record, type);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
