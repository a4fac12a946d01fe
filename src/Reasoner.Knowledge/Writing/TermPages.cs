using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// Terms in canonical N-Triples (RDF 1.2 N-Triples, section 3), made from the dictionary's bytes without objects in between.
/// They lie in pages, so that no array grows beyond what one may hold. Behind each stands what follows it in a line.
/// </summary>
internal sealed class TermPages(TermDictionary terms)
{
    private const int PageBytes = 1 << 20;

    private static ReadOnlySpan<byte> Ending => " .\n"u8;

    private static readonly SearchValues<byte> EscapedInIri = SearchValues.Create(
        [.. Enumerable.Range(0, ' ' + 1).Select(c => (byte)c), .. "<>\"{}|^`\\"u8]);

    // 0xEF starts U+FFFE and U+FFFF, and many more that need no escape: AddEscaped looks twice.
    private static readonly SearchValues<byte> EscapedInString = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(c => (byte)c), (byte)'"', (byte)'\\', 0x7F, 0xEF]);

    private readonly List<byte[]> _pages = [];
    private readonly List<(int Page, int Start, int Length)> _places = [];
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _free;

    /// <summary>How many terms there are.</summary>
    public int Count => _places.Count;

    /// <summary>The text of the term that was added at the index, and a space.</summary>
    public ReadOnlySpan<byte> this[int index] => EndOfLine(index)[..^(Ending.Length - 1)];

    /// <summary>The text of the term that was added at the index, and the end of the line whose object it is.</summary>
    public ReadOnlySpan<byte> EndOfLine(int index)
    {
        var (page, start, length) = _places[index];
        return _pages[page].AsSpan(start, length);
    }

    /// <summary>Adds a term's text; its index is how many there were before.</summary>
    public void Add(int id)
    {
        _text.ResetWrittenCount();
        AddTerm(id);
        _text.Write(Ending);
        var text = _text.WrittenSpan;
        if (_pages.Count == 0 || text.Length > _pages[^1].Length - _free)
        {
            _pages.Add(new byte[Math.Max(PageBytes, text.Length)]);
            _free = 0;
        }

        text.CopyTo(_pages[^1].AsSpan(_free));
        _places.Add((_pages.Count - 1, _free, text.Length));
        _free += text.Length;
    }

    /// <summary>
    /// Sorts the terms by their bytes and gives for each former index the new one. Compares eight bytes at a time: the terms
    /// are sorted by their next eight as numbers, then those that agree in them by what follows.
    /// </summary>
    public int[] Sort()
    {
        var order = new int[Count];
        for (var index = 0; index < order.Length; index++) order[index] = index;
        var keys = new ulong[Count];
        var open = new Stack<(int Start, int End, int Depth)>([(0, Count, 0)]);
        while (open.TryPop(out var run))
        {
            for (var i = run.Start; i < run.End; i++) keys[i] = KeyAt(order[i], run.Depth);
            keys.AsSpan(run.Start..run.End).Sort(order.AsSpan(run.Start..run.End));
            for (int start = run.Start, end; start < run.End; start = end)
            {
                for (end = start + 1; end < run.End && keys[end] == keys[start];) end++;
                if (end - start > 1) open.Push((start, end, run.Depth + sizeof(ulong)));
            }
        }

        var newIndex = new int[Count];
        var places = new (int Page, int Start, int Length)[Count];
        for (var index = 0; index < order.Length; index++)
        {
            newIndex[order[index]] = index;
            places[index] = _places[order[index]];
        }

        _places.Clear();
        _places.AddRange(places);
        return newIndex;
    }

    // Past the end come zeros, which no text holds: canonical N-Triples escapes them.
    private ulong KeyAt(int index, int depth)
    {
        var text = this[index];
        if (depth + sizeof(ulong) <= text.Length) return BinaryPrimitives.ReadUInt64BigEndian(text[depth..]);
        ulong key = 0;
        for (var i = depth; i < depth + sizeof(ulong); i++) key = (key << 8) | (i < text.Length ? text[i] : 0u);
        return key;
    }

    private void AddTerm(int id)
    {
        switch (terms.KindOf(id))
        {
            case TermKind.Iri:
                AddIri(id);
                break;
            case TermKind.BlankNode:
                _text.Write("_:"u8);
                _text.Write(terms.LexicalBytesOf(id));
                break;
            case TermKind.Literal:
                AddLiteral(id);
                break;
            default:
                terms.TryGetTripleTerm(id, out var subject, out var predicate, out var @object);
                _text.Write("<<( "u8);
                AddTerm(subject);
                _text.Write(" "u8);
                AddTerm(predicate);
                _text.Write(" "u8);
                AddTerm(@object);
                _text.Write(" )>>"u8);
                break;
        }
    }

    private void AddIri(int id)
    {
        _text.Write("<"u8);
        AddEscaped(terms.LexicalBytesOf(id), EscapedInIri, isIri: true);
        _text.Write(">"u8);
    }

    private void AddLiteral(int id)
    {
        terms.TryGetLiteral(id, out var datatype, out var language, out var direction);
        _text.Write("\""u8);
        AddEscaped(terms.LexicalBytesOf(id), EscapedInString, isIri: false);
        _text.Write("\""u8);
        if (datatype != 0)
        {
            _text.Write("^^"u8);
            AddIri(datatype);
        }
        else if (language != 0)
        {
            _text.Write("@"u8);
            _text.Write(terms.LexicalBytesOf(language));
            if (direction != BaseDirection.None) _text.Write(direction == BaseDirection.LeftToRight ? "--ltr"u8 : "--rtl"u8);
        }
    }

    private void AddEscaped(ReadOnlySpan<byte> text, SearchValues<byte> escaped, bool isIri)
    {
        while (text.IndexOfAny(escaped) is var plain && plain >= 0)
        {
            _text.Write(text[..plain]);
            text = text[plain..];
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            if (rune.Value is > 0x7F and not (0xFFFE or 0xFFFF)) _text.Write(text[..length]);
            else AddEscape(rune.Value, isIri);
            text = text[length..];
        }

        _text.Write(text);
    }

    private void AddEscape(int character, bool isIri)
    {
        // IRIs have numeric escapes only.
        var letter = isIri ? "" : character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            _ => "",
        };
        var escape = letter.Length > 0 ? letter : "\\u" + character.ToString("X4", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(escape, _text);
    }
}
