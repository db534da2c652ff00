using MyTradeX.Simulation.Disks;

namespace MyTradeX.Simulation.Mutants;

/// <summary>A venue with a bug, made at the places where the real one meets its disk, its journal and its database.</summary>
/// <param name="Name">What is wrong with it.</param>
abstract record Mutant(string Name)
{
    /// <summary>Spoils the disk, once.</summary>
    public virtual void Spoil(SimulatedDisk disk)
    {
    }

    /// <summary>Stands between the observer and the journal.</summary>
    public virtual ICommandLog Spoil(ICommandLog log) => log;

    /// <summary>Acts on what a crash has left, before the venue starts again.</summary>
    public virtual void AfterCrash(Machine machine)
    {
    }

    /// <summary>Acts on a venue that has just started.</summary>
    public virtual void AfterStart(Machine machine)
    {
    }
}
