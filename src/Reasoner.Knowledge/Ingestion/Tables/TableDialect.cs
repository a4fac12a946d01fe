using System.Text;

namespace Reasoner.Knowledge;

/// <summary>
/// How the characters of a table make rows and cells: CSVW's dialect description. Unlike there, no line is a comment
/// unless a comment prefix is set: a row must not vanish because its first cell starts with '#'.
/// </summary>
internal sealed record TableDialect
{
    public char Delimiter { get; init; } = ',';

    /// <summary>The quote, or null where none counts.</summary>
    public char? Quote { get; init; } = '"';

    public char? CommentPrefix { get; init; }

    public Encoding Encoding { get; init; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>The lines before the header that say nothing.</summary>
    public int SkippedRows { get; init; }

    public int HeaderRows { get; init; } = 1;

    public bool SkipsBlankRows { get; init; }

    public bool IsTrimmed { get; init; }
}
