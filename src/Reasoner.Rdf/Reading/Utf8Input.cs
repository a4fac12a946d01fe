using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Reasoner.Rdf;

/// <summary>
/// A document as a window of bytes that moves over it. The window holds valid UTF-8 only. Scanning code keeps
/// <see cref="At"/> on the first byte of the token that it is reading and looks ahead; when the window ends before the
/// token does, <see cref="Refill"/> makes the window longer, and the token is scanned again from its start.
/// </summary>
internal class Utf8Input
{
    /// <summary>What <see cref="Peek"/> gives at the document's end.</summary>
    public const int EndOfDocument = -1;

    private readonly Stream? _stream;
    private readonly string _fileName;
    private readonly int _maxTermBytes;

    private byte[] _bytes;
    private int _filled;         // end of the bytes read; those from End on are the start of an unfinished character
    private bool _isComplete;    // the window ends where the document does
    private bool _isInvalid;     // what follows the window is not UTF-8
    private int _lineStart;      // where the current line starts in the window
    private int _columnsBefore;  // characters of the current line that stand before the window

    protected Utf8Input(Stream stream, RdfReaderOptions options)
    {
        _stream = stream;
        _fileName = options.FileName;
        _maxTermBytes = options.MaxTermBytes;
        _bytes = new byte[Math.Max(1, options.BufferBytes)];
        Refill();
        SkipByteOrderMark();
    }

    protected Utf8Input(ReadOnlyMemory<byte> document, RdfReaderOptions options)
    {
        _fileName = options.FileName;
        _maxTermBytes = options.MaxTermBytes;
        var segment = MemoryMarshal.TryGetArray(document, out var array) ? array : new ArraySegment<byte>(document.ToArray());
        _bytes = segment.Array ?? [];
        At = _lineStart = segment.Offset;
        _filled = End = segment.Offset + segment.Count;
        _isComplete = true;
        FindValidEnd(segment.Offset);
        SkipByteOrderMark();
    }

    /// <summary>The next byte to read.</summary>
    public int At { get; protected set; }

    /// <summary>The end of the window.</summary>
    protected int End { get; private set; }

    /// <summary>Where the bytes start that <see cref="Refill"/> must keep although they lie before <see cref="At"/>; or -1.</summary>
    protected int Mark { get; set; } = -1;

    /// <summary>The line of <see cref="At"/>, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The window from <see cref="At"/> on.</summary>
    protected ReadOnlySpan<byte> Rest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_bytes, At, End - At);
    }

    /// <summary>The window from the given place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ReadOnlySpan<byte> From(int start) => new(_bytes, start, End - start);

    /// <summary>A part of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ReadOnlySpan<byte> Part(int start, int length) => new(_bytes, start, length);

    /// <summary>The byte <paramref name="ahead"/> places after the next one, or <see cref="EndOfDocument"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek(int ahead = 0)
    {
        var bytes = _bytes;
        var at = At + ahead;
        return at < End && (uint)at < (uint)bytes.Length ? bytes[at] : PeekBeyondWindow(ahead);
    }

    private int PeekBeyondWindow(int ahead)
    {
        while (At + ahead >= End)
        {
            if (!Refill()) return EndOfDocument;
        }

        return _bytes[At + ahead];
    }

    /// <summary>Moves past bytes that hold no line break.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => At += count;

    /// <summary>Moves past bytes that may hold line breaks.</summary>
    protected void AdvanceOverLines(int count)
    {
        var passed = new ReadOnlySpan<byte>(_bytes, At, count);
        var last = passed.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            Line += passed.Count((byte)'\n');
            StartLine(At + last + 1);
        }

        At += count;
    }

    /// <summary>Moves past a line feed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void AdvanceOverLineFeed()
    {
        At++;
        Line++;
        StartLine(At);
    }

    private void StartLine(int at)
    {
        _lineStart = at;
        _columnsBefore = 0;
    }

    /// <summary>
    /// Lengthens the window, dropping what was read. Indexes into the window change; <see cref="At"/> and
    /// <see cref="Mark"/> follow.
    /// </summary>
    /// <returns>Whether there was more; false at the document's end.</returns>
    /// <exception cref="RdfSyntaxException">What follows is not UTF-8, or one term does not fit the limit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool Refill()
    {
        if (_isInvalid) throw NotUtf8();
        if (_isComplete) return false;

        DropWhatWasRead();
        MakeRoom();
        var room = _bytes.Length - _filled;
        var read = _stream!.ReadAtLeast(_bytes.AsSpan(_filled), room, throwOnEndOfStream: false);
        _isComplete = read < room;
        var oldEnd = End;
        _filled += read;
        End = _isComplete ? _filled : EndOfWholeCharacters();
        FindValidEnd(oldEnd);
        if (End > oldEnd) return true;
        if (_isInvalid) throw NotUtf8();
        return !_isComplete && Refill();
    }

    private void DropWhatWasRead()
    {
        var keep = Mark >= 0 ? Mark : At;
        if (keep == 0) return;
        if (_lineStart < keep)
        {
            _columnsBefore += CharactersIn(_bytes.AsSpan(_lineStart, keep - _lineStart));
            _lineStart = keep;
        }

        _bytes.AsSpan(keep, _filled - keep).CopyTo(_bytes);
        At -= keep;
        End -= keep;
        _filled -= keep;
        _lineStart -= keep;
        if (Mark >= 0) Mark = 0;
    }

    // The window at least doubles while a token is longer than half of it, so that scanning the token anew each time
    // costs no more than a constant factor.
    private void MakeRoom()
    {
        if (_filled <= _bytes.Length / 2) return;
        if (_filled >= _maxTermBytes)
            throw Error(At, $"a term that starts here is longer than {_maxTermBytes} bytes; is its end missing? The reader's limit can be raised");
        Array.Resize(ref _bytes, (int)Math.Min(2L * _bytes.Length, Array.MaxLength));
    }

    private int EndOfWholeCharacters()
    {
        for (var back = 1; back <= 3 && back <= _filled; back++)
        {
            var b = _bytes[_filled - back];
            if (b < 0x80) break;
            if (b >= 0xC0)
            {
                var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return length > back ? _filled - back : _filled;
            }
        }

        return _filled;
    }

    private void FindValidEnd(int start)
    {
        var added = _bytes.AsSpan(start, End - start);
        if (Utf8.IsValid(added)) return;
        while (Rune.DecodeFromUtf8(added, out _, out var length) == System.Buffers.OperationStatus.Done) added = added[length..];
        End -= added.Length;
        _isInvalid = true;
    }

    private void SkipByteOrderMark()
    {
        if (!Rest.StartsWith("\uFEFF"u8)) return;
        At += 3;
        _lineStart = At;
    }

    private RdfSyntaxException NotUtf8() => Error(End, "the bytes here are not UTF-8; save the file as UTF-8");

    /// <summary>An error at a place in the window.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public RdfSyntaxException Error(int at, string problem)
    {
        at = Math.Min(at, End);
        var line = Line;
        var lineStart = _lineStart;
        var columns = _columnsBefore;
        var between = at > At ? _bytes.AsSpan(At, at - At) : [];
        var last = between.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            line += between.Count((byte)'\n');
            lineStart = At + last + 1;
            columns = 0;
        }

        if (at > lineStart) columns += CharactersIn(_bytes.AsSpan(lineStart, at - lineStart));
        return new RdfSyntaxException(new SourcePosition(_fileName, line, columns + 1), problem);
    }

    // A character is every byte that does not continue another one.
    private static int CharactersIn(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var b in utf8)
        {
            if ((b & 0xC0) != 0x80) count++;
        }

        return count;
    }
}
