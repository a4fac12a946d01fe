using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Reasoner.Decisions;
using Reasoner.Experts;
using Reasoner.Rdf;

namespace Reasoner.Server;

/// <summary>The domains that the service has, each loaded once and shared by all requests.</summary>
internal sealed class DomainHost : IDisposable
{
    private readonly ImmutableSortedDictionary<string, HostedDomain> _domains;
    private readonly CancellationTokenSource _stop = new();

    public DomainHost(ServerOptions options, ILogger<DomainHost> log)
    {
        var catalogue = new DomainCatalogue(options.Ontologies);
        _domains = catalogue.Names.ToImmutableSortedDictionary(
            name => name, name => new HostedDomain(name, catalogue.ManifestOf(name), log, _stop.Token), StringComparer.Ordinal);
    }

    /// <summary>All domains, by name.</summary>
    public IEnumerable<HostedDomain> All => _domains.Values;

    /// <summary>A domain by its name.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public HostedDomain Find(string name)
    {
        if (_domains.TryGetValue(name, out var domain)) return domain;
        var known = _domains.IsEmpty ? "The service has none." : $"Known are: {string.Join(", ", _domains.Keys)}{NearestName.Advice(name, _domains.Keys)}";
        throw ProblemKind.UnknownDomain.Refuse($"There is no domain \"{name}\". {known}", _domains.Keys.Select(key => new ProblemError { About = key, Message = "is a known domain" }));
    }

    /// <summary>The pipeline of a domain, which loads with the first call.</summary>
    /// <exception cref="ProblemException">There is no such domain, or it cannot be loaded.</exception>
    public async ValueTask<DecisionPipeline> PipelineOf(string name, CancellationToken cancellation)
    {
        var domain = Find(name);
        var load = domain.Load.IsCompletedSuccessfully ? domain.Load.Result : await domain.Load.WaitAsync(cancellation);
        return load.Pipeline ?? throw ProblemKind.DomainUnavailable.Refuse(
            $"The domain {name} has errors; its operator must mend them and start the service again.",
            load.Problems.Select(problem => new ProblemError { About = name, Message = problem }));
    }

    /// <summary>Starts loading what is not loaded yet.</summary>
    public void LoadAll()
    {
        foreach (var domain in _domains.Values) _ = domain.Load;
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var domain in _domains.Values) domain.Dispose();
        _stop.Dispose();
    }
}

/// <summary>A domain of the service, loaded or not.</summary>
internal sealed class HostedDomain : IDisposable
{
    private readonly Lazy<Task<DomainLoad>> _load;

    public HostedDomain(string name, string manifestPath, ILogger log, CancellationToken stop)
    {
        (Name, ManifestPath) = (name, manifestPath);
        _load = new Lazy<Task<DomainLoad>>(() => Task.Run(() => LoadNow(log, stop), CancellationToken.None));
    }

    public string Name { get; }

    public string ManifestPath { get; }

    /// <summary>The loading, which the first look at it starts. It never fails: problems are its result.</summary>
    public Task<DomainLoad> Load => _load.Value;

    /// <summary>How far the loading is; looking at it starts nothing.</summary>
    public DomainState State =>
        !_load.IsValueCreated ? DomainState.NotLoaded
        : !Load.IsCompleted ? DomainState.Loading
        : Load.Result.Pipeline is null ? DomainState.Failed
        : DomainState.Loaded;

    public void Dispose()
    {
        if (_load.IsValueCreated) Load.GetAwaiter().GetResult().Pipeline?.Domain.Dispose();
    }

    private DomainLoad LoadNow(ILogger log, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var pipeline = new DecisionPipeline(Domain.Load(ManifestPath, cancellation: stop));
            log.DomainLoaded(Name, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return new DomainLoad(pipeline, []);
        }
        catch (Exception exception) when (exception is DomainException or ModelException)
        {
            ImmutableArray<string> problems = exception is DomainException domain ? domain.Problems : [exception.Message];
            log.DomainFailed(null, Name, string.Join('\n', problems));
            return new DomainLoad(null, [.. problems.Select(WithoutFolder)]);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new DomainLoad(null, ["The service is stopping."]);
        }
        catch (Exception exception)
        {
            // One broken domain must not take the others down, whatever broke it.
            log.DomainFailed(exception, Name, exception.GetType().Name);
            return new DomainLoad(null, ["Loading failed for a reason that is in the service's log."]);
        }
    }

    /// <summary>Clients see file names below the folder of domains, not where that folder is.</summary>
    private string WithoutFolder(string problem) =>
        problem.Replace(Path.GetDirectoryName(Path.GetDirectoryName(ManifestPath)) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}

/// <summary>How a loading ended.</summary>
/// <param name="Pipeline">The domain's pipeline; null where it cannot be loaded.</param>
/// <param name="Problems">Why it cannot be loaded.</param>
internal sealed record DomainLoad(DecisionPipeline? Pipeline, ImmutableArray<string> Problems);
