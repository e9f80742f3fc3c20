package gitzodb.sync;

import gitzodb.classes.ClassFormats;
import java.time.InstantSource;

/** What the use cases need from outside. */
public record Surroundings(ClassFormats formats, StorageOpener storages, InstantSource clock, Progress progress) {}
