using System.Text.Json;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Where the values of a manifest stand.</summary>
internal sealed class ManifestPositions
{
    private readonly Dictionary<string, SourcePosition> _positions = new(StringComparer.Ordinal);
    private readonly SourcePosition _start;

    private ManifestPositions(string name) => _start = new SourcePosition(name, 1, 1);

    /// <summary>The place of a value by its JSON Pointer (RFC 6901); the document's start where there is none.</summary>
    public SourcePosition this[string pointer] => _positions.GetValueOrDefault(pointer, _start);

    /// <summary>Finds the places of all values of a manifest that was read before.</summary>
    public static ManifestPositions Of(ReadOnlySpan<byte> manifest, string name)
    {
        var positions = new ManifestPositions(name);
        if (manifest.StartsWith("\uFEFF"u8)) manifest = manifest[3..];
        var reader = new Utf8JsonReader(manifest, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        var open = new Stack<(string Pointer, int Next)>();
        var property = "";
        var (line, lineStart, scanned) = (1, 0, 0);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                property = reader.GetString()!.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            for (; scanned < start; scanned++)
                if (manifest[scanned] == '\n') (line, lineStart) = (line + 1, scanned + 1);
            var pointer = "";
            if (open.TryPop(out var parent))
            {
                pointer = $"{parent.Pointer}/{(parent.Next < 0 ? property : parent.Next)}";
                open.Push(parent.Next < 0 ? parent : parent with { Next = parent.Next + 1 });
            }

            positions._positions[pointer] = new SourcePosition(name, line, start - lineStart + 1);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                open.Push((pointer, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }

        return positions;
    }
}
