using System.Text;
using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>
/// A training explained to people: how it went, how good the model is and how sure one can be of that, and to whom it is fair.
/// One self-contained HTML file with drawn plots, which is also well-formed XML; the same summary always gives the same bytes.
/// </summary>
public static class TrainingReport
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a report as text. Every string of the summary is escaped.</summary>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(TrainingSummary summary, TextWriter output, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        new TrainingPage(summary, output, cancellation).Write();
    }

    /// <summary>Writes a report in UTF-8 and leaves the stream open.</summary>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(TrainingSummary summary, Stream output, CancellationToken cancellation = default)
    {
        using var text = new StreamWriter(output, Utf8, bufferSize: 16 * 1024, leaveOpen: true);
        Write(summary, text, cancellation);
    }
}
