namespace Reasoner.Rdf;

/// <summary>A place in a text that a user wrote: what every diagnostic starts with.</summary>
/// <param name="File">The file's name as the user gave it, or another short name of the text ("request").</param>
/// <param name="Line">Line, from 1; 0 where unknown.</param>
/// <param name="Column">Column in characters, from 1; 0 where unknown.</param>
public readonly record struct SourcePosition(string File, int Line, int Column) : IComparable<SourcePosition>
{
    /// <inheritdoc />
    public int CompareTo(SourcePosition other)
    {
        var byFile = string.CompareOrdinal(File, other.File);
        if (byFile != 0) return byFile;
        return Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
    }

    /// <summary>The position as compilers print it, as far as it is known: <c>file:line:column</c>, <c>file:line</c>, <c>file</c>.</summary>
    public override string ToString() => Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
}
