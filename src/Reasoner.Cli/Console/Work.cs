using Spectre.Console;

namespace Reasoner.Cli;

/// <summary>Shows on standard error how far long work is, where a person watches it; elsewhere it only does the work.</summary>
internal static class Work
{
    /// <summary>Does work that reads a known number of bytes, or any work where the number is null.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="what">What is being done.</param>
    /// <param name="bytes">How many bytes there are to read.</param>
    /// <param name="work">The work; it says how many bytes it has read so far.</param>
    public static T Do<T>(CommandConsole console, string what, long? bytes, Func<Action<long>, T> work) =>
        console.ShowsProgress ? DoShown(console, what, bytes, work) : work(static _ => { });

    /// <summary>Does work of which a growing part is done.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="what">What is being done.</param>
    /// <param name="work">The work; it says which part of it is done, 0 to 1.</param>
    public static T DoPart<T>(CommandConsole console, string what, Func<Action<double>, T> work) =>
        Do(console, what, Parts, done => work(part => done((long)(part * Parts))));

    private const long Parts = 10_000;

    // Kept apart, so that the library for drawing is loaded only where it draws.
    private static T DoShown<T>(CommandConsole console, string what, long? bytes, Func<Action<long>, T> work)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            ColorSystem = console.ColorsProgress ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(console.Error),
        });
        return screen.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                bytes is null ? new SpinnerColumn(Spinner.Known.Line) : new ProgressBarColumn(),
                new ElapsedTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, bytes ?? 1));
                task.IsIndeterminate = bytes is null;
                return work(done => task.Value = done);
            });
    }
}
