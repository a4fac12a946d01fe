using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reasoner.Server;
using Reasoner.Storage;

namespace Reasoner.Cli;

/// <summary><c>reasoner serve</c>: the HTTP service.</summary>
internal sealed partial class ServeCommand : ReasonerCommand
{
    private readonly Option<string> _urls = new("--urls") { Description = "Where to listen; several by semicolons", DefaultValueFactory = _ => "http://127.0.0.1:8080" };

    private readonly Option<string?> _store = StoreOption.Make("memory for none, ");

    public ServeCommand(CommandSurroundings surroundings)
        : base("serve", "Serves decisions over HTTP, until Ctrl-C.", surroundings, "serve", "serve --urls http://0.0.0.0:8080", "serve --store decisions.db")
    {
        Options.Add(_urls);
        Options.Add(_store);
    }

    private protected override int Run(ParseResult arguments)
    {
        var urls = arguments.GetValue(_urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls)
            if (!IsListenable(url)) throw new UsageException($"--urls: '{url}' is no address to listen at; write one such as http://127.0.0.1:8080.");
        return StoreWork.Do(() => ServeAsync(urls, StoreOption.Read(arguments, _store)));
    }

    private async Task<int> ServeAsync(string[] urls, StoreAddress address)
    {
        // Kept until the service has ended: the last requests keep their decisions too.
        await using var store = address.IsMemory ? null : address.Open();
        await using var server = ReasonerServer.Build(new ServerOptions(), [], store);
        server.Urls.Clear();
        foreach (var url in urls) server.Urls.Add(url);
        await CheckAsync(store, address, server.Logger);
        await using var stop = Cancellation.Register(server.Lifetime.StopApplication);
        await server.RunAsync();
        return ExitStatus.Done;
    }

    /// <summary>A database that does not answer yet may do so later; anything else has to be put right first.</summary>
    private async Task CheckAsync(IDecisionStore? store, StoreAddress address, ILogger log)
    {
        if (store is null)
        {
            DecisionsInMemory(log);
            return;
        }

        try
        {
            await store.CheckAsync(Cancellation);
            DecisionsIn(log, address.Shown);
        }
        catch (StorageException problem) when (problem.MayPass)
        {
            NotNow(log, problem.Message);
        }
    }

    [LoggerMessage(20, LogLevel.Information, "Decisions are kept in {Store}")]
    private static partial void DecisionsIn(ILogger log, string store);

    [LoggerMessage(21, LogLevel.Warning, "Decisions are kept in memory, the newest only, and end with this process")]
    private static partial void DecisionsInMemory(ILogger log);

    [LoggerMessage(22, LogLevel.Warning, "No decision can be kept until the store can be used: {Problem}")]
    private static partial void NotNow(ILogger log, string problem);

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
