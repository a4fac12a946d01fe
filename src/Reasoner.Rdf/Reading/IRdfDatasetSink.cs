namespace Reasoner.Rdf;

/// <summary>Receives what a reader of a format with named graphs reads.</summary>
/// <typeparam name="TTerm">The receiver's handle for a term.</typeparam>
public interface IRdfDatasetSink<TTerm> : IRdfSink<TTerm>
{
    /// <summary>The triples up to <see cref="EndGraph"/> are of the named graph; others are of the default graph.</summary>
    void BeginGraph(TTerm graph);

    /// <summary>The named graph's part ends. The same graph may begin again later.</summary>
    void EndGraph();
}

/// <summary>What a reader does about named graphs: a choice made at compile time, so that plain formats pay nothing.</summary>
internal interface IGraphSupport<TSink, TTerm>
{
    /// <summary>Whether the format has named graphs.</summary>
    static abstract bool HasGraphs { get; }

    static abstract void Begin(ref TSink sink, TTerm graph);

    static abstract void End(ref TSink sink);
}

/// <summary>N-Triples and Turtle: one graph.</summary>
internal readonly struct OneGraph<TSink, TTerm> : IGraphSupport<TSink, TTerm>
{
    public static bool HasGraphs => false;

    public static void Begin(ref TSink sink, TTerm graph) => throw new NotSupportedException();

    public static void End(ref TSink sink) => throw new NotSupportedException();
}

/// <summary>N-Quads and TriG.</summary>
internal readonly struct NamedGraphs<TSink, TTerm> : IGraphSupport<TSink, TTerm>
    where TSink : IRdfDatasetSink<TTerm>
{
    public static bool HasGraphs => true;

    public static void Begin(ref TSink sink, TTerm graph) => sink.BeginGraph(graph);

    public static void End(ref TSink sink) => sink.EndGraph();
}
