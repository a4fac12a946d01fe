using System.Text;
using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>
/// A decision explained to people: what was decided, why, on which proofs and from which facts. A report is made from the
/// decision record alone, and the same record always gives the same bytes.
/// </summary>
public static class ExplanationReport
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a report as text. Every string of the record is escaped: a record may come from anywhere.</summary>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(
        DecisionRecord record, ReportFormat format, TextWriter output, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        format.Writer(Explanation.Of(record, cancellation), output, cancellation);
    }

    /// <summary>Writes a report in UTF-8 and leaves the stream open.</summary>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(
        DecisionRecord record, ReportFormat format, Stream output, CancellationToken cancellation = default)
    {
        using var text = new StreamWriter(output, Utf8, bufferSize: 16 * 1024, leaveOpen: true);
        Write(record, format, text, cancellation);
    }
}
