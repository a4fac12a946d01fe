using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Reasoner.Server;

namespace Reasoner.Cli;

/// <summary><c>reasoner serve</c>: the HTTP service.</summary>
internal sealed class ServeCommand : ReasonerCommand
{
    private readonly Option<string> _urls = new("--urls") { Description = "Where to listen; several by semicolons", DefaultValueFactory = _ => "http://127.0.0.1:8080" };

    public ServeCommand(CommandSurroundings surroundings)
        : base("serve", "Serves decisions over HTTP, until Ctrl-C.", surroundings, "serve", "serve --urls http://0.0.0.0:8080") => Options.Add(_urls);

    private protected override int Run(ParseResult arguments)
    {
        var server = ReasonerServer.Build(new ServerOptions(), []);
        server.Urls.Clear();
        foreach (var url in arguments.GetValue(_urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            server.Urls.Add(IsListenable(url) ? url : throw new UsageException($"--urls: '{url}' is no address to listen at; write one such as http://127.0.0.1:8080."));
        using var stop = Cancellation.Register(server.Lifetime.StopApplication);
        server.Run();
        return ExitStatus.Done;
    }

    private static bool IsListenable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe || address.Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
