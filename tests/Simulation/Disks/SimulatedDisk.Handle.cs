namespace MyTradeX.Simulation.Disks;

public sealed partial class SimulatedDisk
{
    /// <summary>An open file. It is dead once its machine has stood still.</summary>
    internal sealed class Handle(SimulatedDisk disk, SimulatedFile file, bool writable) : IDiskFile
    {
        readonly int _generation = disk._generation;

        public long Length
        {
            get
            {
                lock (disk._gate)
                {
                    CheckAlive();
                    return file.Length;
                }
            }
        }

        /// <summary>Whether this handle's machine has not been restarted since.</summary>
        public bool IsAlive => disk._generation == _generation && !disk._halted;

        public int Read(long offset, Span<byte> buffer)
        {
            lock (disk._gate)
            {
                CheckAlive();
                var count = (int)Math.Clamp(file.Length - offset, 0, buffer.Length);
                if (count == 0) return 0;
                var isFaulty = disk.IsFaultyRead(file.Name);
                if (disk.MisdirectNextRead && isFaulty)
                {
                    disk.MisdirectNextRead = false;
                    offset = disk._random.Next(file.Length - count + 1) / SectorBytes * SectorBytes;
                }

                file.Visible.Slice((int)offset, count).CopyTo(buffer);
                if (disk.FlipBitOfNextRead && isFaulty)
                {
                    disk.FlipBitOfNextRead = false;
                    buffer[disk._random.Next(count)] ^= (byte)(1 << disk._random.Next(8));
                }

                return count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (disk._gate)
            {
                CheckAlive();
                Assert.True(writable, "a file opened for reading is not written");
                var powerOff = disk.Step(isWrite: true);
                if (powerOff)
                {
                    file.Write(offset, bytes[..disk._random.Next(bytes.Length + 1)]);
                    throw new PowerLostException();
                }

                var growth = Math.Max(0, offset + bytes.Length - file.Length);
                var room = growth == 0 || disk.CapacityBytes == long.MaxValue ? long.MaxValue : disk.CapacityBytes - disk.UsedBytes();
                if (growth > room)
                {
                    file.Write(offset, bytes[..(int)Math.Max(0, bytes.Length - (growth - Math.Max(0, room)))]);
                    throw new IOException("No space left on the simulated disk.");
                }

                if (disk.FailNextWrite && disk.FaultyFiles(file.Name))
                {
                    disk.FailNextWrite = false;
                    file.Write(offset, bytes[..(bytes.Length / 2)]);
                    throw new IOException("The simulated write failed.");
                }

                file.Write(offset, bytes);
            }
        }

        /// <summary>Cuts the file short; not durable before the next sync.</summary>
        public void Truncate(long length)
        {
            lock (disk._gate)
            {
                CheckAlive();
                disk.Step();
                file.Truncate((int)length);
            }
        }

        public void Sync()
        {
            lock (disk._gate)
            {
                CheckAlive();
                disk.Step();
                if (disk.FailNextSync && disk.FaultyFiles(file.Name) && !disk.KeptAfterFailedSync(file.Name))
                    file.ForgetUnsynced();
                disk.ThrowIfSyncFails(file.Name);
                if (disk.IgnoredSyncs?.Invoke(file.Name) == true) return;
                file.Sync();
            }
        }

        public void Dispose()
        {
        }

        void CheckAlive()
        {
            if (!IsAlive)
                throw new PowerLostException();
        }
    }
}
