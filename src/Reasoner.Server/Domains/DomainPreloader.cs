using Microsoft.Extensions.Hosting;

namespace Reasoner.Server;

/// <summary>Starts loading the domains with the service, which answers meanwhile.</summary>
internal sealed class DomainPreloader(DomainHost domains) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        domains.LoadAll();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
