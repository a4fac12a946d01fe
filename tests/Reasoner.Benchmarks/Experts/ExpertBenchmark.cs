using System.Globalization;
using Reasoner.Experts.Onnx;

namespace Reasoner.Benchmarks;

/// <summary>
/// What a decision by a mixture costs as experts become more, beside one expert alone, a dense model of as many
/// parameters, and the trainer's own code.
/// </summary>
internal static class ExpertBenchmark
{
    private const int RoundsOfRun = 12;
    private const double MillisecondsOfTurn = 3;
    private const int DifferentRows = 32;
    private const string Chosen = "as the exporter chooses";
    private const string Dense = "dense, as many parameters";
    private const string Alone = "one expert alone";

    private static readonly int[] _batches = [1, 16, 256];
    private static readonly int[] _experts = [4, 8, 16, 64, 256];

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        var lines = new List<string>
        {
            "Microseconds a run (median, and the 99th percentile after the slash), one thread, buffers bound once, random weights, top "
            + $"{ExpertSize.TopK}; {DifferentRows} different rows come in turn, so that experts take turns. All of a table run in one process, by turns of {MillisecondsOfTurn} ms in {RoundsOfRun * options.Runs} rounds.",
        };
        foreach (var size in ExpertSize.All.Where(size => options.Wants(size.Name))) lines.AddRange(Of(size, RoundsOfRun * options.Runs));
        lines.AddRange(CacheRun.Measure(RoundsOfRun * options.Runs));
        return lines;
    }

    private static IEnumerable<string> Of(ExpertSize size, int rounds)
    {
        var chosen = new Dictionary<int, double>();
        var gathered = new Dictionary<int, double>();
        var dense = new Dictionary<int, double>();
        long allocated = 0;
        // The first to be measured would pay for compiling what all run.
        Contest(Contestants(size, _experts[0], batch: 1), RoundsOfRun, batch: 1).ForEach(contestant => contestant.Dispose());
        yield return "";
        yield return $"## {size.Name}: {size.Inputs} encoded inputs, {size.Hidden} hidden units, {size.Classes} classes";
        foreach (var batch in _batches)
        {
            yield return "";
            yield return $"| experts, batch {batch} | Gather | Operator | {Chosen} | trainer's C# | {Dense} | {Alone} |";
            yield return "|---|---|---|---|---|---|---|";
            var contest = _experts.ToDictionary(experts => experts, experts => Contestants(size, experts, batch));
            Contest([.. contest.Values.SelectMany(contestants => contestants)], rounds, batch);
            foreach (var (experts, contestants) in contest)
            {
                var form = MixtureExporter.FormOf(size.Mixture(experts).Network.Shape);
                ExpertContestant Named(string name) => contestants.Single(contestant => contestant.Name == name);
                var own = Named(form.ToString());
                if (batch == 1) (chosen[experts], gathered[experts], dense[experts]) = (own.Median, Named(nameof(ExpertForm.Gather)).Median, Named(Dense).Median);
                allocated = Math.Max(allocated, own.Allocated);
                var cells = ((string[])[nameof(ExpertForm.Gather), nameof(ExpertForm.Operator)]).Select(name => Cell(contestants.FirstOrDefault(contestant => contestant.Name == name)));
                yield return $"| {experts} | {string.Join(" | ", cells)} | {form} | {Cell(Named("trainer"))} | {Cell(Named(Dense))} | {Cell(Named(Alone))} |";
                Console.Error.WriteLine($"{size.Name}, batch {batch}, {experts} experts: {own.Median:0.0} us, dense {Named(Dense).Median:0.0} us");
                foreach (var contestant in contestants) contestant.Dispose();
            }
        }

        yield return "";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Gathering, one row: 256 experts take {gathered[256] / gathered[4]:0.00} times as long as 4; dense over it {dense[64] / gathered[64]:0.0} at 64 experts and {dense[256] / gathered[256]:0.0} at 256. As the exporter chooses: 256 experts take {chosen[256] / chosen[4]:0.00} times as long as 4; the dense model takes {dense[64] / chosen[64]:0.0} times as long at 64 experts and {dense[256] / chosen[256]:0.0} times at 256. "
            + $"A bound run allocates {allocated} bytes on the managed heap.");
    }

    private static List<ExpertContestant> Contest(List<ExpertContestant> contestants, int rounds, int batch)
    {
        for (var round = 0; round < rounds; round++)
            foreach (var contestant in contestants) contestant.Take(MillisecondsOfTurn, batch);
        return contestants;
    }

    private static List<ExpertContestant> Contestants(ExpertSize size, int experts, int batch)
    {
        var rows = size.Rows(DifferentRows);
        var mixture = size.Mixture(experts);
        List<ExpertContestant> contestants =
        [
            ExpertContestant.Of(nameof(ExpertForm.Gather), mixture, ExpertForm.Gather, batch, rows),
            ExpertContestant.OfDense(Dense, mixture, batch, rows),
            ExpertContestant.OfTrainer("trainer", mixture, batch, rows),
            ExpertContestant.OfDense(Alone, size.Mixture(1), batch, rows),
        ];
        // The runtime's operator gives as many numbers as it takes.
        if (size.Classes <= size.Inputs) contestants.Add(ExpertContestant.Of(nameof(ExpertForm.Operator), mixture, ExpertForm.Operator, batch, rows));
        return contestants;
    }

    private static string Cell(ExpertContestant? contestant) =>
        contestant is null ? "-" : $"{Results.Short(contestant.Median)} / {Results.Short(contestant.Slowest)}";
}
