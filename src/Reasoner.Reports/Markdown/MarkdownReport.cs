namespace Reasoner.Reports;

internal static class MarkdownReport
{
    public static void Write(Explanation explanation, TextWriter output, CancellationToken cancellation) { }
}
