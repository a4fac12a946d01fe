using System.Buffers.Binary;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// Gives every RDF term a 32-bit id, from 1 upwards, in order of first appearance. Terms are kept as UTF-8 in one
/// buffer; objects are made on demand. A dictionary may extend a frozen parent: it then finds the parent's terms under
/// their ids and numbers its own from there on, so that a case costs only its own terms. A frozen dictionary may be
/// read from many threads; one that still grows belongs to one thread.
/// </summary>
public sealed class TermDictionary
{
    private readonly TermDictionary? _parent;
    private readonly int _firstId;
    private readonly TermCache<Term> _terms = new();
    private readonly TermCache<ValueBox> _values = new();
    // Room for the terms of a case.
    private byte[] _bytes = new byte[1024];
    private int _byteCount;
    private Entry[] _entries = new Entry[64];
    private int _count;
    private Slot[] _slots = new Slot[96];
    private bool _frozen;

    /// <summary>Makes an empty dictionary, or one that extends a frozen parent.</summary>
    /// <exception cref="ArgumentException">The parent is not frozen.</exception>
    public TermDictionary(TermDictionary? parent = null)
    {
        if (parent is { _frozen: false }) throw new ArgumentException("Only a frozen dictionary can be extended.", nameof(parent));
        _parent = parent;
        _firstId = parent is null ? 1 : parent._firstId + parent._count;
    }

    // The kinds take the lowest bits of hashes and qualifiers.
    private enum EntryKind : byte
    {
        Iri,
        BlankNode,
        Literal,
        LanguageString,
        LeftToRightString,
        RightToLeftString,
        TripleTerm,
    }

    /// <summary>The highest id in use, the parent's included; 0 when empty.</summary>
    public int MaxId => _firstId + _count - 1;

    /// <summary>The term of an id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No term has that id.</exception>
    public Term this[int id]
    {
        get
        {
            if (id < _firstId && _parent is not null) return _parent[id];
            var index = id - _firstId;
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(id));
            return _terms.Get(index) ?? _terms.Set(index, MakeTerm(index));
        }
    }

    /// <summary>The id of a term, added if it is new.</summary>
    public int Add(Term term) => term switch
    {
        Iri iri => WithUtf8(iri.Value, this, static (bytes, self) => self.AddIri(bytes)),
        BlankNode node => WithUtf8(node.Label, this, static (bytes, self) => self.AddBlankNode(bytes)),
        Literal { Language: null } literal => AddTyped(literal),
        Literal literal => AddTagged(literal),
        TripleTerm { Triple: var triple } => AddTripleTerm(Add(triple.Subject), Add(triple.Predicate), Add(triple.Object)),
        _ => throw new ArgumentException($"Unknown kind of term: {term}", nameof(term)),
    };

    /// <summary>The id of a term, or 0 where the dictionary does not hold it.</summary>
    public int Find(Term term)
    {
        switch (term)
        {
            case Iri iri:
                return WithUtf8(iri.Value, this, static (bytes, self) => self.Find(EntryKind.Iri, 0, bytes));
            case BlankNode node:
                return WithUtf8(node.Label, this, static (bytes, self) => self.Find(EntryKind.BlankNode, 0, bytes));
            case Literal { Language: null } literal:
                var datatype = DatatypeOf(literal);
                var datatypeId = datatype is null ? 0 : Find(datatype);
                return datatype is not null && datatypeId == 0
                    ? 0
                    : WithUtf8(literal.LexicalForm, (this, datatypeId), static (bytes, a) => a.Item1.Find(EntryKind.Literal, a.datatypeId, bytes));
            case Literal literal:
                var language = Find(new Literal(literal.Language!));
                return language == 0
                    ? 0
                    : WithUtf8(literal.LexicalForm, (this, language, literal.Direction), static (bytes, a) => a.Item1.Find(KindOf(a.Direction), a.language, bytes));
            case TripleTerm { Triple: var triple }:
                var (s, p, o) = (Find(triple.Subject), Find(triple.Predicate), Find(triple.Object));
                return s == 0 || p == 0 || o == 0 ? 0 : FindTripleTerm(s, p, o);
            default:
                return 0;
        }
    }

    /// <summary>The id of an IRI given as UTF-8, added if it is new.</summary>
    public int AddIri(ReadOnlySpan<byte> iri) => Add(EntryKind.Iri, 0, iri);

    /// <summary>The id of the IRI given as UTF-8, or 0.</summary>
    public int FindIri(ReadOnlySpan<byte> iri) => Find(EntryKind.Iri, 0, iri);

    /// <summary>The id of a blank node given by its label as UTF-8, added if it is new.</summary>
    public int AddBlankNode(ReadOnlySpan<byte> label) => Add(EntryKind.BlankNode, 0, label);

    /// <summary>The id of a literal, added if it is new.</summary>
    /// <param name="lexicalForm">The lexical form as UTF-8.</param>
    /// <param name="datatype">The datatype's id; 0 for xsd:string.</param>
    public int AddLiteral(ReadOnlySpan<byte> lexicalForm, int datatype) => Add(EntryKind.Literal, datatype, lexicalForm);

    /// <summary>The id of a language-tagged string, added if it is new. The tag is brought to lower case.</summary>
    public int AddLanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction)
    {
        Span<byte> lower = language.Length <= 64 ? stackalloc byte[language.Length] : new byte[language.Length];
        for (var i = 0; i < language.Length; i++)
            lower[i] = language[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(language[i] | 0x20) : language[i];
        return Add(KindOf(direction), AddLiteral(lower, 0), lexicalForm);
    }

    /// <summary>The id of a triple term, added if it is new.</summary>
    public int AddTripleTerm(int subject, int predicate, int @object)
    {
        Span<byte> key = stackalloc byte[12];
        WriteTripleKey(key, subject, predicate, @object);
        return Add(EntryKind.TripleTerm, 0, key);
    }

    /// <summary>The parts of a triple term; false where the id is of another kind of term.</summary>
    public bool TryGetTripleTerm(int id, out int subject, out int predicate, out int @object)
    {
        (subject, predicate, @object) = (0, 0, 0);
        if (id < _firstId) return _parent is not null && _parent.TryGetTripleTerm(id, out subject, out predicate, out @object);
        ref readonly var entry = ref _entries[id - _firstId];
        if (entry.Kind != EntryKind.TripleTerm) return false;
        var key = BytesOf(id - _firstId);
        subject = BinaryPrimitives.ReadInt32LittleEndian(key);
        predicate = BinaryPrimitives.ReadInt32LittleEndian(key[4..]);
        @object = BinaryPrimitives.ReadInt32LittleEndian(key[8..]);
        return true;
    }

    /// <summary>The kind of the term of an id.</summary>
    public TermKind KindOf(int id)
    {
        if (id < _firstId && _parent is not null) return _parent.KindOf(id);
        return _entries[id - _firstId].Kind switch
        {
            EntryKind.Iri => TermKind.Iri,
            EntryKind.BlankNode => TermKind.BlankNode,
            EntryKind.TripleTerm => TermKind.TripleTerm,
            _ => TermKind.Literal,
        };
    }

    /// <summary>The value of the term of an id, decoded once.</summary>
    public Value ValueOf(int id)
    {
        if (id < _firstId && _parent is not null) return _parent.ValueOf(id);
        var index = id - _firstId;
        return (_values.Get(index) ?? _values.Set(index, new ValueBox(Value.Of(this[id])))).Value;
    }

    /// <summary>Whether it takes no new terms.</summary>
    internal bool IsFrozen => _frozen;

    /// <summary>Ends growth: from here on the dictionary may be shared between threads and extended by others.</summary>
    public void Freeze()
    {
        if (_frozen) return;
        Array.Resize(ref _bytes, _byteCount);
        Array.Resize(ref _entries, _count);
        Rehash((_count * 5L / 4) + 1);
        _frozen = true;
    }

    /// <summary>
    /// Freezes the dictionary and joins it with those of its parents that are not much larger, so that chains stay short
    /// however often a dictionary is extended. Every term keeps its id.
    /// </summary>
    internal TermDictionary Merge()
    {
        Freeze();
        if (_parent is null) return this;
        if (_count == 0) return _parent;
        return _parent._count / 4 > _count ? this : Join(_parent, this).Merge();
    }

    private static TermDictionary Join(TermDictionary first, TermDictionary second)
    {
        var joined = new TermDictionary(first._parent)
        {
            _bytes = [.. first._bytes.AsSpan(0, first._byteCount), .. second._bytes.AsSpan(0, second._byteCount)],
            _byteCount = checked(first._byteCount + second._byteCount),
            _entries = new Entry[first._count + second._count],
            _count = first._count + second._count,
            _slots = new Slot[((first._count + second._count) * 5L / 4) + 1],
        };
        first._entries.AsSpan(0, first._count).CopyTo(joined._entries);
        for (var i = 0; i < second._count; i++) joined._entries[first._count + i] = second._entries[i].MovedBy(first._byteCount);
        foreach (var slot in first._slots)
            if (slot.IndexPlusOne != 0) joined.Insert(slot);
        foreach (var slot in second._slots)
            if (slot.IndexPlusOne != 0) joined.Insert(new Slot(slot.Hash, slot.IndexPlusOne + first._count));
        joined._frozen = true;
        return joined;
    }

    /// <summary>The bytes that the dictionary's own tables hold, the parent's excluded, and objects made on demand.</summary>
    public long MemoryBytes => _bytes.Length + (8L * _entries.Length) + (8L * _slots.Length);

    /// <summary>What a literal is beside its lexical form; false where the id is of another kind of term.</summary>
    /// <param name="id">The literal's id.</param>
    /// <param name="datatype">The datatype's id; 0 for xsd:string and for language-tagged strings.</param>
    /// <param name="language">The id of a string that is the language tag; 0 where the literal has none.</param>
    /// <param name="direction">The base direction.</param>
    public bool TryGetLiteral(int id, out int datatype, out int language, out BaseDirection direction)
    {
        if (id < _firstId && _parent is not null) return _parent.TryGetLiteral(id, out datatype, out language, out direction);
        ref readonly var entry = ref _entries[id - _firstId];
        (datatype, language, direction) = entry.Kind switch
        {
            EntryKind.Literal => (entry.Qualifier, 0, BaseDirection.None),
            EntryKind.LanguageString => (0, entry.Qualifier, BaseDirection.None),
            EntryKind.LeftToRightString => (0, entry.Qualifier, BaseDirection.LeftToRight),
            EntryKind.RightToLeftString => (0, entry.Qualifier, BaseDirection.RightToLeft),
            _ => default,
        };
        return entry.Kind is not (EntryKind.Iri or EntryKind.BlankNode or EntryKind.TripleTerm);
    }

    /// <summary>Writes the term's bytes as stored: an IRI's or label's text, a literal's lexical form.</summary>
    public ReadOnlySpan<byte> LexicalBytesOf(int id) =>
        id < _firstId && _parent is not null ? _parent.LexicalBytesOf(id) : BytesOf(id - _firstId);

    private int AddTyped(Literal literal)
    {
        var datatype = DatatypeOf(literal);
        var datatypeId = datatype is null ? 0 : Add(datatype);
        return WithUtf8(literal.LexicalForm, (this, datatypeId), static (bytes, a) => a.Item1.AddLiteral(bytes, a.datatypeId));
    }

    private int AddTagged(Literal literal)
    {
        var language = Add(new Literal(literal.Language!));
        return WithUtf8(literal.LexicalForm, (this, language, literal.Direction), static (bytes, a) => a.Item1.Add(KindOf(a.Direction), a.language, bytes));
    }

    private static Iri? DatatypeOf(Literal literal) => literal.Datatype.Equals(Xsd.String) ? null : literal.Datatype;

    private static EntryKind KindOf(BaseDirection direction) => direction switch
    {
        BaseDirection.LeftToRight => EntryKind.LeftToRightString,
        BaseDirection.RightToLeft => EntryKind.RightToLeftString,
        _ => EntryKind.LanguageString,
    };

    private int FindTripleTerm(int subject, int predicate, int @object)
    {
        Span<byte> key = stackalloc byte[12];
        WriteTripleKey(key, subject, predicate, @object);
        return Find(EntryKind.TripleTerm, 0, key);
    }

    private static void WriteTripleKey(Span<byte> key, int subject, int predicate, int @object)
    {
        BinaryPrimitives.WriteInt32LittleEndian(key, subject);
        BinaryPrimitives.WriteInt32LittleEndian(key[4..], predicate);
        BinaryPrimitives.WriteInt32LittleEndian(key[8..], @object);
    }

    private int Find(EntryKind kind, int qualifier, ReadOnlySpan<byte> bytes) => Find(HashOf(kind, qualifier, bytes), qualifier, bytes);

    private int Find(uint hash, int qualifier, ReadOnlySpan<byte> bytes)
    {
        if (_parent is not null)
        {
            var inherited = _parent.Find(hash, qualifier, bytes);
            if (inherited != 0) return inherited;
        }

        var slots = _slots;
        for (var place = HomeOf(hash); ;)
        {
            ref readonly var slot = ref slots[place];
            if (slot.IndexPlusOne == 0) return 0;
            if (slot.Hash == hash && _entries[slot.IndexPlusOne - 1].Qualifier == qualifier && BytesOf(slot.IndexPlusOne - 1).SequenceEqual(bytes))
                return _firstId + slot.IndexPlusOne - 1;
            if (++place == slots.Length) place = 0;
        }
    }

    private int Add(EntryKind kind, int qualifier, ReadOnlySpan<byte> bytes)
    {
        var hash = HashOf(kind, qualifier, bytes);
        var found = Find(hash, qualifier, bytes);
        if (found != 0) return found;
        if (_frozen) throw new InvalidOperationException("A frozen dictionary cannot take new terms; extend it.");

        if (_byteCount + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, (long)_byteCount + bytes.Length))));
        bytes.CopyTo(_bytes.AsSpan(_byteCount));
        if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
        _entries[_count] = new Entry(_byteCount, qualifier, kind);
        _byteCount += bytes.Length;
        _count++;
        if (_count * 3L > _slots.Length * 2L) Rehash(_slots.Length * 2L);
        Insert(new Slot(hash, _count));
        return _firstId + _count - 1;
    }

    private void Rehash(long size)
    {
        var slots = _slots;
        _slots = new Slot[checked((int)size)];
        foreach (ref readonly var slot in slots.AsSpan())
            if (slot.IndexPlusOne != 0) Insert(slot);
    }

    private void Insert(Slot slot)
    {
        var place = HomeOf(slot.Hash);
        while (_slots[place].IndexPlusOne != 0)
            if (++place == _slots.Length) place = 0;
        _slots[place] = slot;
    }

    private int HomeOf(uint hash) => (int)(((ulong)hash * (uint)_slots.Length) >> 32);

    private ReadOnlySpan<byte> BytesOf(int index)
    {
        var start = _entries[index].Offset;
        return _bytes.AsSpan(start, (index + 1 < _count ? _entries[index + 1].Offset : _byteCount) - start);
    }

    private Term MakeTerm(int index)
    {
        ref readonly var entry = ref _entries[index];
        if (entry.Kind == EntryKind.TripleTerm)
        {
            TryGetTripleTerm(_firstId + index, out var s, out var p, out var o);
            return new TripleTerm(new Triple(this[s], this[p], this[o]));
        }

        var text = Encoding.UTF8.GetString(BytesOf(index));
        return entry.Kind switch
        {
            EntryKind.Iri => new Iri(text),
            EntryKind.BlankNode => new BlankNode(text),
            EntryKind.Literal => new Literal(text, entry.Qualifier == 0 ? null : (Iri)this[entry.Qualifier]),
            EntryKind.LanguageString => new Literal(text, LanguageOf(entry)),
            EntryKind.LeftToRightString => new Literal(text, LanguageOf(entry), BaseDirection.LeftToRight),
            _ => new Literal(text, LanguageOf(entry), BaseDirection.RightToLeft),
        };
    }

    private string LanguageOf(in Entry entry) => ((Literal)this[entry.Qualifier]).LexicalForm;

    private static uint HashOf(EntryKind kind, int qualifier, ReadOnlySpan<byte> bytes)
    {
        const ulong multiplier = 0x9E3779B97F4A7C15;
        var hash = ((ulong)(uint)qualifier << 8 | (byte)kind) * multiplier ^ (ulong)bytes.Length;
        var rest = bytes;
        for (; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), multiplier);
        hash = Mix(hash ^ LastEight(bytes, rest), multiplier);
        return ((uint)(hash ^ (hash >> 32)) & ~Entry.KindMask) | (byte)kind;
    }

    // The last eight bytes, of which some may have been seen already; of a shorter text all bytes.
    private static ulong LastEight(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> rest)
    {
        if (bytes.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
        ulong tail = 0;
        foreach (var each in rest) tail = (tail << 8) | each;
        return tail;
    }

    private static ulong Mix(ulong value, ulong multiplier)
    {
        var high = Math.BigMul(value, multiplier, out var low);
        return high ^ low;
    }

    private static TResult WithUtf8<TState, TResult>(string text, TState state, Func<ReadOnlySpan<byte>, TState, TResult> use)
    {
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[size] : new byte[size];
        return use(buffer[..Encoding.UTF8.GetBytes(text, buffer)], state);
    }

    /// <summary>Where a term's bytes start, its kind, and what else it is made of.</summary>
    private readonly struct Entry(int offset, int qualifier, EntryKind kind)
    {
        public const uint KindMask = 7;
        private readonly int _qualifierAndKind = checked(qualifier << 3) | (byte)kind;

        public readonly int Offset = offset;

        /// <summary>A literal's datatype id, or the id of a language tag's literal; else 0.</summary>
        public int Qualifier => _qualifierAndKind >> 3;

        public EntryKind Kind => (EntryKind)(_qualifierAndKind & (int)KindMask);

        public Entry MovedBy(int bytes) => new(checked(Offset + bytes), Qualifier, Kind);
    }

    /// <summary>A place of the hash table; the hash tells kinds apart.</summary>
    private readonly struct Slot(uint hash, int indexPlusOne)
    {
        public readonly uint Hash = hash;
        public readonly int IndexPlusOne = indexPlusOne;
    }

    private sealed record ValueBox(Value Value);
}
