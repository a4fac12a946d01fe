using System.Text;

namespace Reasoner.Cli;

/// <summary>
/// Where a command reads and writes: results go to <see cref="Output"/> as bytes or <see cref="Text"/>, all else to
/// <see cref="Error"/>.
/// </summary>
internal sealed class CommandConsole : IDisposable
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes a console.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="errorIsTerminal">Whether a person watches standard error.</param>
    /// <param name="outputIsTerminal">Whether a person watches standard output.</param>
    public CommandConsole(
        Stream input,
        Stream output,
        TextWriter error,
        Func<string, string?> environment,
        bool errorIsTerminal = false,
        bool outputIsTerminal = false)
    {
        Input = input;
        Output = output;
        Text = new StreamWriter(output, _utf8, bufferSize: 4096, leaveOpen: true) { NewLine = "\n" };
        Error = error;
        var allowsColor = string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
        ShowsProgress = errorIsTerminal && environment("TERM") != "dumb";
        ColorsProgress = ShowsProgress && allowsColor;
        ColorsText = outputIsTerminal && allowsColor;
        ShowsTraces = environment("REASONER_DEBUG") == "1";
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output as bytes; what was written to <see cref="Text"/> comes before it only after <see cref="Flush"/>.</summary>
    public Stream Output { get; }

    /// <summary>Standard output as text in UTF-8.</summary>
    public TextWriter Text { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether long work shows how far it is: only on a terminal.</summary>
    public bool ShowsProgress { get; }

    /// <summary>Whether progress may have colours (NO_COLOR forbids them).</summary>
    public bool ColorsProgress { get; }

    /// <summary>Whether results may have colours: on a terminal, unless NO_COLOR forbids them.</summary>
    public bool ColorsText { get; }

    /// <summary>Whether unexpected problems are shown with all details (REASONER_DEBUG=1).</summary>
    public bool ShowsTraces { get; }

    /// <summary>The console of this process.</summary>
    public static CommandConsole OfProcess() => new(
        System.Console.OpenStandardInput(),
        System.Console.OpenStandardOutput(),
        new StreamWriter(System.Console.OpenStandardError(), _utf8, bufferSize: 1024) { NewLine = "\n", AutoFlush = true },
        Environment.GetEnvironmentVariable,
        errorIsTerminal: !System.Console.IsErrorRedirected,
        outputIsTerminal: !System.Console.IsOutputRedirected);

    /// <summary>Hands everything written so far to the process's outputs.</summary>
    public void Flush()
    {
        Text.Flush();
        Output.Flush();
        Error.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Flush();
        }
        catch (IOException)
        {
            // Whoever read standard output is gone (a pipe into head); the exit status was settled before.
        }

        Text.Dispose();
        Error.Dispose();
    }
}
