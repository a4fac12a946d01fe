using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// A JSON document as a flat table of tokens, in document order. Members of an object may then be visited in any order
/// (JSON-LD needs @context before all else, wherever it stands), and every token still knows its line. Checked while
/// read: grammar, UTF-8, depth, repeated member names.
/// </summary>
internal sealed class JsonText
{
    /// <summary>Up to so many members, comparing all names beats a table.</summary>
    private const int FewMembers = 32;

    private readonly ArraySegment<byte> _json;
    private readonly ArrayBufferWriter<byte> _unescaped = new(16);
    private Token[] _tokens;
    private int _count;

    private JsonText(ReadOnlyMemory<byte> json, string name)
    {
        // Tokens ask for their bytes all the time: an array gives them at once, memory of unknown kind does not.
        (_json, Name) = (MemoryMarshal.TryGetArray(json, out var array) ? array : json.ToArray(), name);
        _tokens = new Token[Math.Clamp(json.Length / 12, 8, 1024)];
    }

    /// <summary>The document's name in positions.</summary>
    public string Name { get; }

    /// <summary>How many tokens there are; token 0 is the document's value.</summary>
    public int Count => _count;

    /// <summary>Reads a document.</summary>
    /// <exception cref="CaseFormatException">It is not well-formed, or beyond a limit.</exception>
    public static JsonText Parse(ReadOnlyMemory<byte> json, string name, int maxDepth, CancellationToken cancellation = default)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        var text = new JsonText(json, name);
        if (!Utf8.IsValid(json.Span))
            throw new CaseFormatException(new SourcePosition(name, 0, 0), "", "this is not UTF-8; save it as UTF-8") { IsSyntax = true };
        try
        {
            text.ReadTokens(maxDepth, cancellation);
        }
        catch (JsonException problem)
        {
            var line = (int)(problem.LineNumber ?? 0) + 1;
            var column = (int)(problem.BytePositionInLine ?? 0) + 1;
            throw new CaseFormatException(new SourcePosition(name, line, column), "", text.Explain(problem, maxDepth)) { IsSyntax = true };
        }

        return text;
    }

    /// <summary>The kind of a token: a value's first token, or a member's name.</summary>
    public JsonTokenType Kind(int token) => _tokens[token].Kind;

    /// <summary>The token after the value that starts here.</summary>
    public int After(int token) => _tokens[token].After;

    /// <summary>The line of a token, from 1.</summary>
    public int Line(int token) => _tokens[token].Line;

    /// <summary>The text of a string or name without escapes, or of a number as written, in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int token)
    {
        ref readonly var entry = ref _tokens[token];
        return entry.IsUnescaped ? _unescaped.WrittenSpan.Slice(entry.Start, entry.Length) : _json.AsSpan(entry.Start, entry.Length);
    }

    /// <summary>The text of a string, name or number.</summary>
    public string Text(int token) => Encoding.UTF8.GetString(Bytes(token));

    /// <summary>The members of an object, as the tokens of their names; the value is the next token.</summary>
    public Members MembersOf(int @object) => new(this, @object + 1, After(@object));

    /// <summary>The items of an array, as the tokens of their values.</summary>
    public Items ItemsOf(int array) => new(this, array + 1, After(array));

    /// <summary>The token of the member's value, or -1.</summary>
    public int Find(int @object, ReadOnlySpan<byte> name)
    {
        foreach (var member in MembersOf(@object))
            if (Bytes(member).SequenceEqual(name)) return member + 1;
        return -1;
    }

    /// <summary>Line and column of a token.</summary>
    public SourcePosition PositionOf(int token)
    {
        var offset = _tokens[token].Offset;
        var lineStart = _json.AsSpan(0, offset).LastIndexOf((byte)'\n') + 1;
        return new SourcePosition(Name, Line(token), Encoding.UTF8.GetCharCount(_json.AsSpan(lineStart, offset - lineStart)) + 1);
    }

    /// <summary>The JSON Pointer of a value, or of the value of a member whose name's token is given.</summary>
    public string PointerOf(int token)
    {
        var pointer = new StringBuilder();
        var container = 0;
        while (container < token && Kind(container) is JsonTokenType.StartObject or JsonTokenType.StartArray && token < After(container))
        {
            var next = -1;
            if (Kind(container) == JsonTokenType.StartObject)
            {
                foreach (var member in MembersOf(container))
                {
                    if (token < member || token >= After(member + 1)) continue;
                    pointer.Append('/').Append(Text(member).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
                    next = member == token ? token : member + 1;
                }
            }
            else
            {
                var index = 0;
                foreach (var item in ItemsOf(container))
                {
                    if (token >= item && token < After(item))
                    {
                        pointer.Append('/').Append(index.ToString(CultureInfo.InvariantCulture));
                        next = item;
                    }

                    index++;
                }
            }

            if (next < 0) break;
            container = next;
        }

        return pointer.ToString();
    }

    /// <summary>An error at a token.</summary>
    public CaseFormatException Error(int token, string problem) => new(PositionOf(token), PointerOf(token), problem);

    private void ReadTokens(int maxDepth, CancellationToken cancellation)
    {
        ReadOnlySpan<byte> json = _json;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        var open = new Stack<int>();
        var (line, counted) = (1, 0);
        while (reader.Read())
        {
            if ((_count & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var offset = (int)reader.TokenStartIndex;
            line += json[counted..offset].Count((byte)'\n');
            counted = offset;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                var start = open.Pop();
                _tokens[start].After = _count;
                if (reader.TokenType == JsonTokenType.EndObject) RefuseRepeatedNames(start);
                continue;
            }

            if (_count == _tokens.Length) Array.Resize(ref _tokens, _count * 2);
            _tokens[_count] = TokenAt(ref reader, offset, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(_count);
            _count++;
        }
    }

    private Token TokenAt(ref Utf8JsonReader reader, int offset, int line)
    {
        var token = new Token { Kind = reader.TokenType, Offset = offset, Line = line, After = _count + 1, Length = reader.ValueSpan.Length };
        var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        token.Start = isText ? offset + 1 : offset;
        if (!reader.ValueIsEscaped) return token;
        token.Start = _unescaped.WrittenCount;
        token.IsUnescaped = true;
        try
        {
            token.Length = reader.CopyString(_unescaped.GetSpan(reader.ValueSpan.Length));
        }
        catch (InvalidOperationException)
        {
            var lineStart = _json.AsSpan(0, offset).LastIndexOf((byte)'\n') + 1;
            throw new CaseFormatException(
                new SourcePosition(Name, line, offset - lineStart + 1), "", "half of a surrogate pair stands alone in a \\u escape; write both halves or the character itself")
            { IsSyntax = true };
        }

        _unescaped.Advance(token.Length);
        return token;
    }

    private void RefuseRepeatedNames(int @object)
    {
        var compared = 0;
        foreach (var member in MembersOf(@object))
        {
            if (++compared > FewMembers)
            {
                RefuseRepeatedNamesByHash(@object);
                return;
            }

            for (var earlier = @object + 1; earlier < member; earlier = After(earlier + 1))
                if (_tokens[earlier].Length == _tokens[member].Length && Bytes(earlier).SequenceEqual(Bytes(member))) throw Repeated(member, earlier);
        }
    }

    private void RefuseRepeatedNamesByHash(int @object)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in MembersOf(@object))
            if (!seen.TryAdd(Text(member), member)) throw Repeated(member, seen[Text(member)]);
    }

    private CaseFormatException Repeated(int member, int earlier) => new(
        PositionOf(member), PointerToOpenMember(member), $"'{Text(member)}' stands twice in one object (first on line {Line(earlier)}); remove one, or write one array of both values");

    /// <summary>While reading, the objects around the member are still open, so only its own name can be told.</summary>
    private string PointerToOpenMember(int member) => "/" + Text(member);

    private string Explain(JsonException problem, int maxDepth)
    {
        if (_json.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) return "there is nothing here; a JSON object was expected";
        var message = problem.Message;
        if (message.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"objects and arrays are nested more than {maxDepth} deep; flatten them";
        var cut = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "this is not well-formed JSON: " + (cut < 0 ? message : message[..cut]).TrimEnd('.');
    }

    private struct Token
    {
        public JsonTokenType Kind;
        public bool IsUnescaped;
        public int Offset;
        public int Start;
        public int Length;
        public int Line;
        public int After;
    }

    /// <summary>Enumerates the members of an object.</summary>
    public struct Members(JsonText text, int first, int end)
    {
        private int _next = first;

        public int Current { get; private set; }

        public readonly Members GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= end) return false;
            Current = _next;
            _next = text.After(_next + 1);
            return true;
        }
    }

    /// <summary>Enumerates the items of an array.</summary>
    public struct Items(JsonText text, int first, int end)
    {
        private int _next = first;

        public int Current { get; private set; }

        public readonly Items GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= end) return false;
            Current = _next;
            _next = text.After(_next);
            return true;
        }
    }
}
