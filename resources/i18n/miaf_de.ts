<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>MIAF-Net</name>
    <message>
        <source>This is a graphical model: a right click on it in the toolbox opens a copy in the model designer, where its steps can be seen and changed.</source>
        <translation>Dies ist ein grafisches Modell: ein Rechtsklick darauf in der Werkzeugkiste öffnet eine Kopie im Modelldesigner, wo die Schritte zu sehen und zu ändern sind.</translation>
    </message>
    <message>
        <source>Classify and vectorise</source>
        <translation>Klassifizieren und vektorisieren</translation>
    </message>
    <message>
        <source>From training areas to polygons with class names, one a class</source>
        <translation>Von Trainingsflächen zu Polygonen mit Klassennamen, je Klasse eines</translation>
    </message>
    <message>
        <source>Classifies a cube from training areas, removes patches smaller than a number of pixels, turns the map into polygons, joins those of one class and gives them the names and colours of the classes.</source>
        <translation>Klassifiziert einen Würfel aus Trainingsflächen, entfernt Flecken unter einer Zahl von Pixeln, macht aus der Karte Polygone, verbindet die einer Klasse und gibt ihnen Namen und Farben der Klassen.</translation>
    </message>
    <message>
        <source>Train once, classify many</source>
        <translation>Einmal trainieren, viele klassifizieren</translation>
    </message>
    <message>
        <source>Train on one cube and classify a list of cubes with the model</source>
        <translation>Auf einem Würfel trainieren und eine Liste von Würfeln mit dem Modell klassifizieren</translation>
    </message>
    <message>
        <source>Trains a model on the areas of one cube and classifies other cubes of the same sensor with it. A cube that cannot be classified is reported and does not stop the rest.</source>
        <translation>Trainiert ein Modell auf den Flächen eines Würfels und klassifiziert damit andere Würfel desselben Sensors. Ein Würfel, der nicht klassifiziert werden kann, wird gemeldet und hält die übrigen nicht auf.</translation>
    </message>
    <message>
        <source>Classify, then assess</source>
        <translation>Klassifizieren, dann bewerten</translation>
    </message>
    <message>
        <source>Classify a cube with a model and check the map on reference areas</source>
        <translation>Einen Würfel mit einem Modell klassifizieren und die Karte an Referenzflächen prüfen</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and compares the map with reference areas that the model has not seen: a report, a confusion matrix and the accuracies.</source>
        <translation>Klassifiziert einen Würfel mit einem Modell und vergleicht die Karte mit Referenzflächen, die das Modell nicht gesehen hat: Bericht, Konfusionsmatrix und Genauigkeiten.</translation>
    </message>
    <message>
        <source>Classify, then draw a sample</source>
        <translation>Klassifizieren, dann Stichprobe ziehen</translation>
    </message>
    <message>
        <source>Classify a cube with a model and draw points to look up</source>
        <translation>Einen Datenwürfel mit einem Modell klassifizieren und Punkte zum Nachsehen ziehen</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and draws random points from the map. Once a person has looked up their cover, 'Assess accuracy' tells how accurate the whole map is.</source>
        <translation>Klassifiziert einen Datenwürfel mit einem Modell und zieht zufällige Punkte aus der Karte. Hat jemand ihre Bedeckung nachgesehen, sagt „Genauigkeit bewerten“, wie genau die ganze Karte ist.</translation>
    </message>
    <message>
        <source>Classify from training areas</source>
        <translation>Aus Trainingsflächen klassifizieren</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Hier beginnen</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Trainingsflächen</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>Klassifizieren</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Make a land-cover map from a cube and areas of known cover</source>
        <translation>Aus einem Würfel und Flächen bekannter Bedeckung eine Landbedeckungskarte machen</translation>
    </message>
    <message>
        <source>Makes a land-cover map of a hyperspectral cube from areas whose cover you know.

1. Draw polygons of each class in a vector layer with a field that names the class. Several polygons a class, spread over the scene, are worth more than a few large ones.
2. Categorise the layer by that field if you want its colours in the map.
3. Choose the cube, the layer and the field, and run.

You get the map with its legend, a raster of how sure the map is, a model for other scenes of the same sensor, and an accuracy report. The map learns every area. Its accuracy is estimated with models that were each trained without some of the areas and scored on those left out, which lie about as far from the training areas as the rest of the scene does.</source>
        <translation>Macht aus Flächen, deren Bedeckung Sie kennen, eine Landbedeckungskarte eines Hyperspektralwürfels.

1. Zeichnen Sie Polygone jeder Klasse in einen Vektorlayer mit einem Feld, das die Klasse nennt. Mehrere Polygone je Klasse, über die Szene verteilt, sind mehr wert als wenige große.
2. Kategorisieren Sie den Layer nach diesem Feld, wenn Sie seine Farben in der Karte wollen.
3. Wählen Sie Würfel, Layer und Feld und starten Sie.

Sie bekommen die Karte mit ihrer Legende, ein Raster davon, wie sicher die Karte ist, ein Modell für andere Szenen desselben Sensors und einen Genauigkeitsbericht. Die Karte lernt alle Flächen. Ihre Genauigkeit wird mit Modellen geschätzt, die je ohne einen Teil der Flächen trainiert und an den ausgelassenen bewertet wurden, die etwa so weit von den Trainingsflächen entfernt liegen wie der Rest der Szene.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,neural network,remote sensing,supervised,map,superpixels,EnMAP,AVIRIS,ENVI</source>
        <translation>hyperspektral,Klassifikation,Landbedeckung,Deep Learning,neuronales Netz,Fernerkundung,überwacht,Karte,Superpixel,EnMAP,AVIRIS,ENVI</translation>
    </message>
    <message>
        <source>Hyperspectral cube</source>
        <translation>Hyperspektralwürfel</translation>
    </message>
    <message>
        <source>Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.</source>
        <translation>Raster mit vielen Kanälen: ENVI, GeoTIFF oder was GDAL sonst liest.</translation>
    </message>
    <message>
        <source>Training areas</source>
        <translation>Trainingsflächen</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover, at least two classes.</source>
        <translation>Polygone, Linien oder Punkte mit bekannter Bedeckung, mindestens zwei Klassen.</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>Klassenfeld</translation>
    </message>
    <message>
        <source>Text or number that names the class. If the layer is categorised by this field, its labels and colours become those of the map. Empty takes the field that the layer is categorised by, or its only text field.</source>
        <translation>Text oder Zahl, die die Klasse nennt. Ist der Layer nach diesem Feld kategorisiert, werden seine Beschriftungen und Farben die der Karte. Leer: das Feld, nach dem der Layer kategorisiert ist, oder sein einziges Textfeld.</translation>
    </message>
    <message>
        <source>More training areas</source>
        <translation>Weitere Trainingsflächen</translation>
    </message>
    <message>
        <source>A second layer of areas, as those of 'Suggest areas to label next' once you have set their classes; its class field has the same name. Areas without a class are left out.</source>
        <translation>Ein zweiter Layer mit Flächen, etwa der von „Flächen zum Beschriften vorschlagen“, sobald ihre Klassen gesetzt sind; sein Klassenfeld heißt gleich. Flächen ohne Klasse bleiben außen vor.</translation>
    </message>
    <message>
        <source>Test areas</source>
        <translation>Testflächen</translation>
    </message>
    <message>
        <source>Areas that are scored and never trained on; their classes are in a field of the same name.</source>
        <translation>Flächen, die nur bewertet und nie trainiert werden; ihre Klassen stehen in einem Feld gleichen Namens.</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>Ausgangsmodell</translation>
    </message>
    <message>
        <source>Model to continue training from: takes a fraction of the time of a new training. Give its old areas and the new ones together; new classes may be among them. Its classes, bands, normalisation, superpixels and network are kept, and areas that were held out of it are held out again.</source>
        <translation>Modell, von dem weitertrainiert wird: dauert einen Bruchteil eines neuen Trainings. Seine alten Flächen und die neuen zusammen angeben; neue Klassen sind erlaubt. Klassen, Kanäle, Normalisierung, Superpixel und Netz bleiben, und was zurückgehalten war, wird wieder zurückgehalten.</translation>
    </message>
    <message>
        <source>MIAF-Net model</source>
        <translation>MIAF-Net-Modell</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>How long to train. quick: {quick} epochs, for a first look. standard: {standard}. best: {best}, in twice the time, and rarely much better. 'Epochs' under the advanced parameters goes before it.</source>
        <translation>Wie lange trainiert wird. quick: {quick} Epochen, für einen ersten Blick. standard: {standard}. best: {best}, in der doppelten Zeit und selten viel besser. „Epochen“ unter den erweiterten Parametern geht vor.</translation>
    </message>
    <message>
        <source>Label raster, instead of training areas</source>
        <translation>Label-Raster statt Trainingsflächen</translation>
    </message>
    <message>
        <source>Raster of class values on the cube's grid, 0 where the cover is not known. Its legend, or its category names and colours, become the map's.</source>
        <translation>Raster mit Klassenwerten auf dem Gitter des Würfels, 0 wo die Bedeckung nicht bekannt ist. Seine Legende oder seine Kategorienamen und Farben werden die der Karte.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Which pixels count; the others are neither trained on nor mapped. Polygons: what lies inside. Raster of one band on the cube's pixels: what is neither 0 nor nodata.</source>
        <translation>Welche Pixel zählen; die anderen werden weder trainiert noch kartiert. Polygone: was darin liegt. Raster mit einem Kanal auf den Pixeln des Würfels: was weder 0 noch NoData ist.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>More cubes to train on</source>
        <translation>Weitere Würfel zum Trainieren</translation>
    </message>
    <message>
        <source>Further scenes of the same sensor. The training areas lie across all of them; the map is that of the cube above.</source>
        <translation>Weitere Szenen desselben Sensors. Die Trainingsflächen liegen über alle verteilt; die Karte ist die des Würfels oben.</translation>
    </message>
    <message>
        <source>model: band statistics of all cubes together, or of the initial model. scene: those of each cube by itself, for cubes of different light or calibration; classify with 'scene' then, too.</source>
        <translation>model: Kanalstatistik aller Würfel zusammen oder die des Ausgangsmodells. scene: die jedes Würfels für sich, bei anderem Licht oder anderer Kalibrierung; dann auch mit „scene“ klassifizieren.</translation>
    </message>
    <message>
        <source>Normalise by the statistics of</source>
        <translation>Normalisieren mit der Statistik von</translation>
    </message>
    <message>
        <source>Wavelengths left out (nm)</source>
        <translation>Ausgelassene Wellenlängen (nm)</translation>
    </message>
    <message>
        <source>Wavelengths in nanometres whose bands are left out, as 1350-1430,1800-1970 (absorbed by water vapour); empty uses all.</source>
        <translation>Wellenlängen in Nanometern, deren Kanäle weggelassen werden, etwa 1350-1430,1800-1970 (von Wasserdampf absorbiert); leer nutzt alle.</translation>
    </message>
    <message>
        <source>Hold out for the accuracy figures</source>
        <translation>Zurückhalten für die Genauigkeit</translation>
    </message>
    <message>
        <source>How accuracy is measured. matched: cross-validation in folds as far from the training areas as the map is, and the map learns every area. Otherwise a share is held out: polygons (of a label raster: ends of its regions), blocks, random pixels (figures too high), or none.</source>
        <translation>Wie die Genauigkeit gemessen wird. matched: Kreuzvalidierung in Teilmengen, die so weit von den Trainingsgebieten liegen wie die Karte, und die Karte lernt jedes Gebiet. Sonst wird ein Anteil zurückgehalten: Polygone (bei einem Labelraster: Enden seiner Regionen), Blöcke, zufällige Pixel (Zahlen zu hoch) oder nichts.</translation>
    </message>
    <message>
        <source>Share held out (%)</source>
        <translation>Zurückgehaltener Anteil (%)</translation>
    </message>
    <message>
        <source>Share of each class in the test set, in percent.</source>
        <translation>Anteil jeder Klasse in der Testmenge, in Prozent.</translation>
    </message>
    <message>
        <source>Validation set that chooses the epoch (%)</source>
        <translation>Validierungsanteil, der die Epoche wählt (%)</translation>
    </message>
    <message>
        <source>Share of the training areas that is the validation set: it chooses the epoch (early stopping), is trained on afterwards, and is never scored; in percent. 0 takes the last epoch.</source>
        <translation>Anteil der Trainingsgebiete, der die Validierungsmenge bildet: Sie wählt die Epoche (Early Stopping), wird danach mittrainiert und nie bewertet; in Prozent. 0 nimmt die letzte Epoche.</translation>
    </message>
    <message>
        <source>Folds of a cross-validation by polygon</source>
        <translation>Teile einer Kreuzvalidierung nach Polygonen</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. With matched, 1 lets the engine choose. With polygons, 1 scores the held-out share; 2 or more score each polygon once, by a model trained without it, and the map learns all areas.</source>
        <translation>Anzahl der Teilmengen der Kreuzvalidierung. Bei matched lässt 1 die Engine wählen. Bei polygons bewertet 1 den zurückgehaltenen Anteil; ab 2 wird jedes Polygon einmal bewertet, von einem ohne es trainierten Modell, und die Karte lernt alle Gebiete.</translation>
    </message>
    <message>
        <source>Train on the test areas too before mapping</source>
        <translation>Vor der Kartierung auch mit den Testflächen trainieren</translation>
    </message>
    <message>
        <source>After scoring, continue training briefly on all areas, test areas included: a better map. The figures are those of the model before, and no test set is left for the final one.</source>
        <translation>Nach der Bewertung kurz mit allen Flächen weitertrainieren, auch mit den Testflächen: eine bessere Karte. Die Zahlen sind die des Modells davor, und für das endgültige bleibt keine Testmenge.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed, device and versions give the same split and the same map.</source>
        <translation>Gleicher Startwert, gleiches Gerät und gleiche Versionen geben dieselbe Aufteilung und dieselbe Karte.</translation>
    </message>
    <message>
        <source>Continue an interrupted training</source>
        <translation>Unterbrochenes Training fortsetzen</translation>
    </message>
    <message>
        <source>If a training of the same inputs and settings was cancelled or interrupted, it continues where it stopped and ends as if it had never stopped. The state is saved every 30 seconds, for up to 14 days. Off: start again.</source>
        <translation>Wurde ein Training mit denselben Eingaben und Einstellungen abgebrochen, geht es dort weiter, wo es stand, und endet, als hätte es nie angehalten. Der Stand wird alle 30 Sekunden gesichert, bis zu 14 Tage. Aus: neu beginnen.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Passes over the training scene.</source>
        <translation>Durchgänge durch die Trainingsszene.</translation>
    </message>
    <message>
        <source>Leave empty to use the preset's value.</source>
        <translation>Leer lassen, um den Wert der Voreinstellung zu nehmen.</translation>
    </message>
    <message>
        <source>Final epochs with all training areas (%)</source>
        <translation>Letzte Epochen mit allen Trainingsflächen (%)</translation>
    </message>
    <message>
        <source>Once early stopping has chosen the epoch, training continues with the validation set included for this share of the epochs, in percent; 0 keeps the chosen epoch. Test pixels are never included.</source>
        <translation>Hat Early Stopping die Epoche gewählt, geht das Training einschließlich der Validierungsmenge für diesen Anteil der Epochen weiter, in Prozent; 0 behält die gewählte Epoche. Testpixel sind nie dabei.</translation>
    </message>
    <message>
        <source>Share of the epochs in continued training (%)</source>
        <translation>Anteil der Epochen beim Weitertrainieren (%)</translation>
    </message>
    <message>
        <source>Share of the epochs used to continue training from an initial model, in percent.</source>
        <translation>Anteil der Epochen, mit dem ein Training von einem Ausgangsmodell fortgesetzt wird, in Prozent.</translation>
    </message>
    <message>
        <source>Share of the learning rate in continued training (%)</source>
        <translation>Anteil der Lernrate beim Weitertrainieren (%)</translation>
    </message>
    <message>
        <source>Share of the learning rate used to continue training from an initial model, in percent; low, so that it forgets little.</source>
        <translation>Anteil der Lernrate, mit dem ein Training von einem Ausgangsmodell fortgesetzt wird, in Prozent; niedrig, damit es wenig vergisst.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Largest learning rate of the one-cycle schedule.</source>
        <translation>Größte Lernrate des Ein-Zyklus-Plans.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>Entkoppelte Gewichtsabnahme von AdamW.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Glättung der Labels</translation>
    </message>
    <message>
        <source>Probability mass given to the other classes.</source>
        <translation>Wahrscheinlichkeit, die den anderen Klassen gegeben wird.</translation>
    </message>
    <message>
        <source>Weight of small classes (power)</source>
        <translation>Gewicht kleiner Klassen (Potenz)</translation>
    </message>
    <message>
        <source>Weight of a class is its pixel count to minus this power: 0 gives all pixels the same weight, 1 all classes.</source>
        <translation>Das Gewicht einer Klasse ist ihre Pixelzahl hoch minus dieser Potenz: 0 gibt allen Pixeln dasselbe Gewicht, 1 allen Klassen.</translation>
    </message>
    <message>
        <source>Input noise</source>
        <translation>Rauschen der Eingabe</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to each normalised band in training; it and the dropout weaken where there are more than 100 training areas.</source>
        <translation>Standardabweichung des Rauschens, das im Training zu jedem normalisierten Kanal kommt; es und das Dropout werden schwächer, wo es mehr als 100 Trainingsflächen gibt.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Width of the network (features)</source>
        <translation>Breite des Netzes (Merkmale)</translation>
    </message>
    <message>
        <source>Number of features that every branch works with.</source>
        <translation>Zahl der Merkmale, mit denen jeder Zweig arbeitet.</translation>
    </message>
    <message>
        <source>Convolution kernel sizes, small to large</source>
        <translation>Größen der Faltungskerne, klein nach groß</translation>
    </message>
    <message>
        <source>Convolution kernel size in pixels, odd, one value a scale.</source>
        <translation>Größe des Faltungskerns in Pixeln, ungerade, ein Wert je Maßstab.</translation>
    </message>
    <message>
        <source>Dropout (share of features)</source>
        <translation>Dropout (Anteil der Merkmale)</translation>
    </message>
    <message>
        <source>Share of shallow features dropped in training.</source>
        <translation>Anteil der flachen Merkmale, der im Training wegfällt.</translation>
    </message>
    <message>
        <source>Use the graph branch</source>
        <translation>Graphzweig verwenden</translation>
    </message>
    <message>
        <source>Use the superpixel graph branch.</source>
        <translation>Den Zweig mit dem Superpixel-Graphen verwenden.</translation>
    </message>
    <message>
        <source>Use the convolution branch</source>
        <translation>Faltungszweig verwenden</translation>
    </message>
    <message>
        <source>Use the convolution branch.</source>
        <translation>Den Faltungszweig verwenden.</translation>
    </message>
    <message>
        <source>Let the branches weigh each other</source>
        <translation>Zweige einander gewichten lassen</translation>
    </message>
    <message>
        <source>Let each branch be weighted by attention from the other.</source>
        <translation>Jeder Zweig wird durch die Aufmerksamkeit des anderen gewichtet.</translation>
    </message>
    <message>
        <source>Fuse the scales by attention</source>
        <translation>Maßstäbe durch Aufmerksamkeit verbinden</translation>
    </message>
    <message>
        <source>Fuse the scales by attention; if not, by their mean.</source>
        <translation>Die Maßstäbe durch Aufmerksamkeit verbinden; sonst durch ihr Mittel.</translation>
    </message>
    <message>
        <source>Ensemble with a head for each branch</source>
        <translation>Ensemble mit einem Kopf je Zweig</translation>
    </message>
    <message>
        <source>Map with an ensemble of heads, one for each branch and three for the spectrum: more accurate on fields without training areas. Without it the head of the fused features makes the map.</source>
        <translation>Mit einem Ensemble von Köpfen kartieren, einem je Zweig und drei für das Spektrum: genauer auf Feldern ohne Trainingsflächen. Ohne macht der Kopf der verschmolzenen Merkmale die Karte.</translation>
    </message>
    <message>
        <source>Superpixels of the network</source>
        <translation>Superpixel des Netzes</translation>
    </message>
    <message>
        <source>Pixels per superpixel, small to large</source>
        <translation>Pixel je Superpixel, klein nach groß</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel, one value a scale, small to large; auto follows from how far pixels of the scene resemble each other.</source>
        <translation>Mittlere Zahl der Pixel in einem Superpixel, ein Wert je Maßstab, klein nach groß; auto richtet sich danach, wie weit Pixel der Szene einander ähneln.</translation>
    </message>
    <message>
        <source>Compactness of the superpixels</source>
        <translation>Kompaktheit der Superpixel</translation>
    </message>
    <message>
        <source>Spectral distance that weighs as much as the side of a superpixel, in units of the spread within classes: larger gives rounder superpixels.</source>
        <translation>Spektraler Abstand, der so viel wiegt wie die Seite eines Superpixels, in Einheiten der Streuung innerhalb der Klassen: größer gibt rundere Superpixel.</translation>
    </message>
    <message>
        <source>Components for the superpixels</source>
        <translation>Komponenten für die Superpixel</translation>
    </message>
    <message>
        <source>Projected components that superpixels are made from.</source>
        <translation>Projizierte Komponenten, aus denen die Superpixel entstehen.</translation>
    </message>
    <message>
        <source>Projection for the superpixels</source>
        <translation>Projektion für die Superpixel</translation>
    </message>
    <message>
        <source>Projection for the superpixels: lda separates the training classes, pca uses no labels.</source>
        <translation>Projektion für die Superpixel: lda trennt die Trainingsklassen, pca nutzt keine Labels.</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where the network is computed: auto takes a graphics card where there is one; cuda:N is the card of that number; mps is Apple's.</source>
        <translation>Wo das Netz gerechnet wird: auto nimmt eine Grafikkarte, wo es eine gibt; cuda:N ist die Karte dieser Nummer; mps die von Apple.</translation>
    </message>
    <message>
        <source>Memory budget (MiB)</source>
        <translation>Speicherbudget (MiB)</translation>
    </message>
    <message>
        <source>Memory that the engine may use; 0 lets it choose.</source>
        <translation>Speicher, den die Engine nutzen darf; 0 lässt sie wählen.</translation>
    </message>
    <message>
        <source>Creation options of the rasters</source>
        <translation>Erstellungsoptionen der Raster</translation>
    </message>
    <message>
        <source>GDAL creation options, NAME=VALUE, parted by |. Empty: GeoTIFF is tiled and compressed.</source>
        <translation>Erstellungsoptionen von GDAL, NAME=WERT, durch | getrennt. Leer: GeoTIFF gekachelt und komprimiert.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Leave out below this confidence</source>
        <translation>Unter dieser Konfidenz auslassen</translation>
    </message>
    <message>
        <source>Pixels whose confidence is lower get 0, unclassified, in the map; 0 to 1, and 0 leaves none out. The confidence raster keeps their values.</source>
        <translation>Pixel mit geringerer Konfidenz bekommen in der Karte 0, nicht klassifiziert; 0 bis 1, und 0 lässt keine aus. Das Konfidenzraster behält ihre Werte.</translation>
    </message>
    <message>
        <source>Leave out what is unlike the areas</source>
        <translation>Auslassen, was den Gebieten nicht gleicht</translation>
    </message>
    <message>
        <source>Pixels whose spectra are unlike all training areas get 0, unclassified, in the map: a road that nobody drew does not come out as a field.</source>
        <translation>Pixel, deren Spektren keinem Trainingsgebiet gleichen, bekommen in der Karte 0, nicht klassifiziert: Eine Straße, die niemand eingezeichnet hat, wird nicht zum Feld.</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Klassenkarte</translation>
    </message>
    <message>
        <source>Map of the classes on the cube's grid; 0 is unclassified.</source>
        <translation>Karte der Klassen auf dem Gitter des Würfels; 0 ist nicht klassifiziert.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Probability of the class that the map shows, 0 to 1, calibrated on areas held out in turn: on land like the drawn areas, about 80 % of the pixels with 0.8 are right.</source>
        <translation>Wahrscheinlichkeit der Klasse, die die Karte zeigt, 0 bis 1, kalibriert an Flächen, die reihum zurückgehalten werden: Auf Land wie den gezeichneten Flächen sind etwa 80 % der Pixel mit 0.8 richtig.</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>Klassenwahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Probability of every class, one band each.</source>
        <translation>Wahrscheinlichkeit jeder Klasse, je ein Kanal.</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>How evenly the classes share the probability: 0 where one class is sure, 1 where all are alike.</source>
        <translation>Wie gleichmäßig sich die Klassen die Wahrscheinlichkeit teilen: 0 bei einer sicheren Klasse, 1 bei lauter gleichen.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Vorsprung</translation>
    </message>
    <message>
        <source>Lead of the class that the map shows over the next likely one, 0 to 1; near 0 the two are all but a tie.</source>
        <translation>Vorsprung der gezeigten Klasse vor der nächstwahrscheinlichen, 0 bis 1; nahe 0 liegen beide fast gleichauf.</translation>
    </message>
    <message>
        <source>Area of applicability</source>
        <translation>Anwendbarkeitsbereich</translation>
    </message>
    <message>
        <source>Band 1: how unlike the training areas each pixel's spectrum is. Band 2: 1 where it is like them, 0 where the map is a guess.</source>
        <translation>Band 1: wie wenig das Spektrum jedes Pixels den Trainingsgebieten gleicht. Band 2: 1, wo es ihnen gleicht, 0, wo die Karte nur rät.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>File of the trained network, for 'Classify with a model'.</source>
        <translation>Datei des trainierten Netzes für „Mit einem Modell klassifizieren“.</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>Genauigkeitsbericht</translation>
    </message>
    <message>
        <source>Accuracy to expect of the map and of each class, with plots; its numbers go beside it as JSON and CSV.</source>
        <translation>Zu erwartende Genauigkeit der Karte und jeder Klasse, mit Diagrammen; die Zahlen liegen daneben als JSON und CSV.</translation>
    </message>
    <message>
        <source>HTML files</source>
        <translation>HTML-Dateien</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation>Gesamtgenauigkeit</translation>
    </message>
    <message>
        <source>Average accuracy</source>
        <translation>Mittlere Genauigkeit</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Train model</source>
        <translation>Modell trainieren</translation>
    </message>
    <message>
        <source>Train a MIAF-Net model from a cube and training areas</source>
        <translation>Ein MIAF-Net-Modell aus einem Würfel und Trainingsflächen trainieren</translation>
    </message>
    <message>
        <source>Trains a network on the areas of known cover and writes it to a model file, which 'Classify with a model' uses on this scene and on others of the same sensor.

The model learns every area. The figures in the report come from models that were each trained without some of the areas and are scored on those. Areas in 'Test areas' are scored and never trained on.</source>
        <translation>Trainiert ein Netz auf den Flächen bekannter Bedeckung und schreibt es in eine Modelldatei, die „Mit einem Modell klassifizieren“ auf dieser Szene und auf anderen desselben Sensors verwendet.

Das Modell lernt alle Flächen. Die Zahlen im Bericht stammen von Modellen, die je ohne einen Teil der Flächen trainiert wurden und an diesem bewertet werden. Flächen in „Testflächen“ werden bewertet und nie trainiert.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,train,learn,deep learning,neural network,land cover,remote sensing,supervised</source>
        <translation>hyperspektral,Klassifikation,trainieren,lernen,Deep Learning,neuronales Netz,Landbedeckung,Fernerkundung,überwacht</translation>
    </message>
    <message>
        <source>Classify with a model</source>
        <translation>Mit einem Modell klassifizieren</translation>
    </message>
    <message>
        <source>Make a land-cover map with a model trained before</source>
        <translation>Eine Landbedeckungskarte mit einem schon trainierten Modell machen</translation>
    </message>
    <message>
        <source>Makes a land-cover map with a model that was trained before, on the same scene or on another one.

Bands are matched by wavelength. A cube that lacks bands the model was trained on is refused, and the message names them; for another sensor let bands be interpolated. If the scene's values lie far from those of the training scene, a warning says so; normalising by the scene may help. A model holds what it saw: on another date or sensor, check the map with 'Assess accuracy'.</source>
        <translation>Macht eine Landbedeckungskarte mit einem Modell, das zuvor trainiert wurde, auf derselben Szene oder einer anderen.

Kanäle werden nach der Wellenlänge zugeordnet. Ein Würfel, dem Kanäle des Modells fehlen, wird abgelehnt, und die Meldung nennt sie; bei einem anderen Sensor lassen Sie Kanäle interpolieren. Liegen die Werte der Szene weit von denen der Trainingsszene, sagt das eine Warnung; dann kann es helfen, mit der Szene zu normalisieren. Ein Modell kennt, was es sah: bei anderem Datum oder Sensor prüfen Sie die Karte mit „Genauigkeit bewerten“.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,predict,land cover,deep learning,neural network,remote sensing,map</source>
        <translation>hyperspektral,Klassifikation,Vorhersage,Landbedeckung,Deep Learning,neuronales Netz,Fernerkundung,Karte</translation>
    </message>
    <message>
        <source>Raster with the bands that the model was trained on.</source>
        <translation>Raster mit den Kanälen, auf denen das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>File written by 'Train model' or 'Classify from training areas'.</source>
        <translation>Datei von „Modell trainieren“ oder „Aus Trainingsflächen klassifizieren“.</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Ausdehnung</translation>
    </message>
    <message>
        <source>Part of the cube to classify, in any CRS; empty takes all of it.</source>
        <translation>Zu klassifizierender Teil des Würfels, in beliebigem KBS; leer nimmt alles.</translation>
    </message>
    <message>
        <source>Interpolate bands</source>
        <translation>Kanäle interpolieren</translation>
    </message>
    <message>
        <source>Lets the model's bands be interpolated between those of a cube of another sensor. Bands outside its range or in gaps over 30 nm are refused.</source>
        <translation>Erlaubt, die Kanäle des Modells zwischen denen eines anderen Sensors zu interpolieren. Kanäle außerhalb seines Bereichs oder in Lücken über 30 nm werden abgelehnt.</translation>
    </message>
    <message>
        <source>model: band statistics of the training scene. scene: those of this scene, for another atmosphere or calibration; it should hold about the same cover.</source>
        <translation>model: Kanalstatistik der Trainingsszene. scene: die dieser Szene, bei anderer Atmosphäre oder Kalibrierung; sie sollte etwa dieselbe Bedeckung haben.</translation>
    </message>
    <message>
        <source>Classify several cubes with a model</source>
        <translation>Mehrere Würfel mit einem Modell klassifizieren</translation>
    </message>
    <message>
        <source>Make a land-cover map of each of several cubes with one model</source>
        <translation>Von jedem von mehreren Würfeln mit einem Modell eine Landbedeckungskarte machen</translation>
    </message>
    <message>
        <source>Makes a land-cover map of each cube in a list, all with one model, as for flight lines of one sensor. The maps go into a folder as NAME_map.tif and NAME_confidence.tif if asked for, where NAME is that of the cube's file. A cube that cannot be classified is reported and the others are done all the same; only if none succeeds does the run fail.</source>
        <translation>Macht von jedem Würfel einer Liste eine Landbedeckungskarte, alle mit einem Modell, etwa für Flugstreifen eines Sensors. Die Karten kommen in einen Ordner als NAME_map.tif und, wenn gewünscht, NAME_confidence.tif, wobei NAME der der Würfeldatei ist. Ein Würfel, der nicht klassifiziert werden kann, wird gemeldet, und die anderen werden trotzdem gemacht; nur wenn keiner gelingt, scheitert der Lauf.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,batch,flight lines,mosaic,land cover,deep learning</source>
        <translation>hyperspektral,Klassifikation,Stapel,Flugstreifen,Mosaik,Landbedeckung,Deep Learning</translation>
    </message>
    <message>
        <source>Hyperspectral cubes</source>
        <translation>Hyperspektralwürfel (mehrere)</translation>
    </message>
    <message>
        <source>Rasters with the bands that the model was trained on.</source>
        <translation>Raster mit den Kanälen, auf denen das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Write confidence rasters too</source>
        <translation>Auch Konfidenzraster schreiben</translation>
    </message>
    <message>
        <source>Probability of the class that each map shows, 0 to 1.</source>
        <translation>Wahrscheinlichkeit der Klasse, die jede Karte zeigt, 0 bis 1.</translation>
    </message>
    <message>
        <source>Folder of maps</source>
        <translation>Ordner der Karten</translation>
    </message>
    <message>
        <source>Class maps</source>
        <translation>Klassenkarten</translation>
    </message>
    <message>
        <source>Maps made</source>
        <translation>Erstellte Karten</translation>
    </message>
    <message>
        <source>Cubes failed</source>
        <translation>Gescheiterte Würfel</translation>
    </message>
    <message>
        <source>Draw a reference sample</source>
        <translation>Referenzstichprobe ziehen</translation>
    </message>
    <message>
        <source>Draw points at random, to learn how accurate a whole map is</source>
        <translation>Zufällige Punkte ziehen, um zu erfahren, wie genau eine ganze Karte ist</translation>
    </message>
    <message>
        <source>Draws points at random from a class map. Once a person has looked up the cover of each point, 'Assess accuracy' knows how the points were drawn and gives accuracies and class areas of the whole map with their 95 % intervals, also of another map of the same place.

How many points there are follows from the half width of the interval that you want (Cochran; Olofsson et al. 2014, equation 13) and from how accurate you expect the map to be. A stratified sample draws in each class of the map. Its points are shared out by the classes' area, in equal numbers, or as a compromise: rare classes get the minimum, and the others share the rest by area.

To fill in the sample: toggle editing of the layer, open the form of each point in the order of its numbers, and choose its class from the list; 'other' is for cover that the map does not know. Go by what is at the point itself, in a better picture or in the field. What the map says there is hidden, so that it sways nobody. Leave the other fields as they are: they tell how the points were drawn.</source>
        <translation>Zieht zufällige Punkte aus einer Klassenkarte. Hat jemand die Bedeckung jedes Punktes nachgesehen, weiß „Genauigkeit bewerten“, wie die Punkte gezogen wurden, und gibt Genauigkeiten und Klassenflächen der ganzen Karte mit ihren 95-%-Intervallen an, auch für eine andere Karte desselben Ortes.

Wie viele Punkte es sind, folgt aus der gewünschten halben Breite des Intervalls (Cochran; Olofsson et al. 2014, Gleichung 13) und daraus, wie genau Sie die Karte erwarten. Eine geschichtete Stichprobe zieht in jeder Klasse der Karte. Ihre Punkte werden nach der Fläche der Klassen, zu gleichen Zahlen oder als Kompromiss verteilt: Seltene Klassen erhalten die Mindestzahl, die anderen teilen sich den Rest nach Fläche.

Zum Ausfüllen schalten Sie den Layer in den Bearbeitungsmodus, öffnen das Formular der Punkte in der Reihenfolge ihrer Nummern und wählen die Klasse aus der Liste; „other“ steht für Bedeckung, die die Karte nicht kennt. Es zählt, was am Punkt selbst ist, in einem besseren Bild oder im Gelände. Was die Karte dort zeigt, ist verborgen, damit es niemanden beeinflusst. Lassen Sie die anderen Felder, wie sie sind: Sie sagen, wie die Punkte gezogen wurden.</translation>
    </message>
    <message>
        <source>accuracy,reference,validation,sampling design,random points,stratified,area estimation,Olofsson</source>
        <translation>Genauigkeit,Referenz,Validierung,Stichprobenplan,Zufallspunkte,geschichtet,Flächenschätzung,Olofsson</translation>
    </message>
    <message>
        <source>Raster of class values, as the classify algorithms write.</source>
        <translation>Raster mit Klassenwerten, wie die Klassifizierung sie schreibt.</translation>
    </message>
    <message>
        <source>Half width of the interval of the overall accuracy</source>
        <translation>Halbe Breite des Intervalls der Gesamtgenauigkeit</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <translation>Erwartete Genauigkeit</translation>
    </message>
    <message>
        <source>Fewest points of a class</source>
        <translation>Mindestzahl der Punkte je Klasse</translation>
    </message>
    <message>
        <source>Sampling method</source>
        <translation>Stichprobenverfahren</translation>
    </message>
    <message>
        <source>stratified: at random in each class of the map. simple: at random over the whole map. systematic: a square lattice with a random start; its intervals take it for a simple sample, which is cautious unless the land repeats itself at the lattice's distance.</source>
        <translation>stratified: zufällig in jeder Klasse der Karte. simple: zufällig über die ganze Karte. systematic: ein quadratisches Gitter mit zufälligem Anfang; seine Intervalle nehmen es als einfache Stichprobe, was vorsichtig ist, solange sich das Land nicht im Abstand des Gitters wiederholt.</translation>
    </message>
    <message>
        <source>Of the 95 % interval, as a fraction: 0.05 for 5 percentage points to either side; numbers from 1 on are percentage points. Half the width takes four times the points.</source>
        <translation>Des 95-%-Intervalls, als Anteil: 0.05 für 5 Prozentpunkte nach jeder Seite; Zahlen ab 1 sind Prozentpunkte. Die halbe Breite braucht viermal so viele Punkte.</translation>
    </message>
    <message>
        <source>User's accuracy that you expect, as a fraction: one for all classes, or one for each in the order of their values, with commas. A lower one gives more points; 0.5 is safe for any map.</source>
        <translation>Erwartete Nutzergenauigkeit, als Anteil: eine für alle Klassen oder eine je Klasse in der Reihenfolge ihrer Werte, mit Kommas. Eine niedrigere gibt mehr Punkte; 0.5 ist für jede Karte sicher.</translation>
    </message>
    <message>
        <source>Points by class</source>
        <translation>Punkte je Klasse</translation>
    </message>
    <message>
        <source>Of a stratified sample. compromise: the minimum for rare classes, the rest by area. equal: as many in each class, for its user's accuracy. proportional: by area, for the overall accuracy.</source>
        <translation>Einer geschichteten Stichprobe. compromise: die Mindestzahl für seltene Klassen, der Rest nach Fläche. equal: gleich viele je Klasse, für ihre Nutzergenauigkeit. proportional: nach Fläche, für die Gesamtgenauigkeit.</translation>
    </message>
    <message>
        <source>Of a stratified sample; a class with fewer pixels gives all of them. Olofsson et al. (2014) advise 50 to 100.</source>
        <translation>Einer geschichteten Stichprobe; eine Klasse mit weniger Pixeln gibt alle. Olofsson et al. (2014) raten zu 50 bis 100.</translation>
    </message>
    <message>
        <source>The same seed draws the same points; another one, others.</source>
        <translation>Derselbe Startwert zieht dieselben Punkte, ein anderer andere.</translation>
    </message>
    <message>
        <source>Show the class of the map</source>
        <translation>Klasse der Karte zeigen</translation>
    </message>
    <message>
        <source>Adds a field with the class of the map at each point. Who sees it tends to agree with it, so leave it out for an accuracy that others are to trust.</source>
        <translation>Fügt ein Feld mit der Klasse der Karte an jedem Punkt hinzu. Wer sie sieht, stimmt ihr eher zu; lassen Sie es also weg, wenn andere der Genauigkeit trauen sollen.</translation>
    </message>
    <message>
        <source>Reference sample</source>
        <translation>Referenzstichprobe</translation>
    </message>
    <message>
        <source>GeoPackage of numbered points with a list of classes to choose.</source>
        <translation>GeoPackage mit nummerierten Punkten und einer Klassenliste zur Auswahl.</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>Anzahl der Punkte</translation>
    </message>
    <message>
        <source>Assess accuracy</source>
        <translation>Genauigkeit bewerten</translation>
    </message>
    <message>
        <source>Score a class map against areas of known cover</source>
        <translation>Eine Klassenkarte an Flächen bekannter Bedeckung bewerten</translation>
    </message>
    <message>
        <source>Compares a class map with areas of known cover and writes the confusion matrix, overall and average accuracy, kappa, and producer's and user's accuracy, F1 and IoU of each class, with 95 % intervals that take each area, not each pixel, for a sample. Classes are matched by name or, failing that, by value.

Use areas that the map was not trained on. A class map does not record its training areas: give them as 'Areas to leave out' if the reference may overlap them, or give the model that made the map, to be warned of reference areas among them.

Points from 'Draw a reference sample' are recognised: the report then shows accuracies and class areas in hectares of the whole map with their 95 % intervals, for this map or another one of the same place. If the reference is a random sample from elsewhere, tick 'Reference is a probability sample': they are then adjusted after Olofsson et al. (2014). 'Map to compare with' scores a second map on the same reference and tests the difference (McNemar).</source>
        <translation>Vergleicht eine Klassenkarte mit Flächen bekannter Bedeckung und schreibt die Konfusionsmatrix, Gesamt- und mittlere Genauigkeit, Kappa sowie Produzenten- und Nutzergenauigkeit, F1 und IoU jeder Klasse, mit 95-%-Intervallen, die jede Fläche, nicht jedes Pixel, als Stichprobe nehmen. Klassen werden nach Namen zugeordnet, sonst nach Werten.

Nehmen Sie Flächen, auf denen die Karte nicht trainiert wurde. Eine Klassenkarte merkt sich ihre Trainingsflächen nicht: Geben Sie sie als „Auszulassende Flächen“ an, wenn die Referenz sie überlappen kann, oder geben Sie das Modell der Karte an; dann wird vor Referenzflächen unter ihnen gewarnt.

Punkte aus „Referenzstichprobe ziehen“ werden erkannt: Der Bericht zeigt dann Genauigkeiten und Klassenflächen in Hektar für die ganze Karte mit ihren 95-%-Intervallen, dieser Karte oder einer anderen desselben Ortes. Wurde die Referenz anderswo ausgelost, kreuzen Sie „Referenz ist eine Zufallsstichprobe“ an; dann werden sie nach Olofsson et al. (2014) angepasst. „Karte zum Vergleich“ bewertet eine zweite Karte an derselben Referenz und prüft den Unterschied (McNemar).</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,kappa,validation,error matrix,F1,IoU,McNemar,area estimation,Olofsson</source>
        <translation>Genauigkeit,Konfusionsmatrix,Kappa,Validierung,Fehlermatrix,F1,IoU,McNemar,Flächenschätzung,Olofsson</translation>
    </message>
    <message>
        <source>Reference areas</source>
        <translation>Referenzflächen</translation>
    </message>
    <message>
        <source>Polygons, lines or points whose cover is known.</source>
        <translation>Polygone, Linien oder Punkte mit bekannter Bedeckung.</translation>
    </message>
    <message>
        <source>Reference raster, instead of reference areas</source>
        <translation>Referenzraster statt Referenzflächen</translation>
    </message>
    <message>
        <source>Raster of class values on the map's grid, 0 where the cover is not known.</source>
        <translation>Raster mit Klassenwerten auf dem Gitter der Karte, 0 wo die Bedeckung nicht bekannt ist.</translation>
    </message>
    <message>
        <source>Areas to leave out</source>
        <translation>Auszulassende Flächen</translation>
    </message>
    <message>
        <source>Pixels in these areas are not scored, as those of the training areas.</source>
        <translation>Pixel in diesen Flächen werden nicht bewertet, etwa die der Trainingsflächen.</translation>
    </message>
    <message>
        <source>Model that made the map</source>
        <translation>Modell, das die Karte erzeugt hat</translation>
    </message>
    <message>
        <source>Its file records its training areas: reference areas among them make the figures too high, and a warning names them. Redrawn areas cannot be recognised.</source>
        <translation>Seine Datei verzeichnet seine Trainingsflächen: Referenzflächen darunter machen die Zahlen zu hoch, und eine Warnung nennt sie. Neu gezeichnete Flächen werden nicht erkannt.</translation>
    </message>
    <message>
        <source>Map to compare with</source>
        <translation>Karte zum Vergleich</translation>
    </message>
    <message>
        <source>Another class map on the same grid, scored on the same reference.</source>
        <translation>Eine andere Klassenkarte auf demselben Gitter, an derselben Referenz bewertet.</translation>
    </message>
    <message>
        <source>Reference is a probability sample</source>
        <translation>Referenz ist eine Zufallsstichprobe</translation>
    </message>
    <message>
        <source>Tick only if the reference points were drawn by chance, within each class of the map or over the whole map. Areas drawn where it suited are no such sample. Points of 'Draw a reference sample' need no tick.</source>
        <translation>Nur ankreuzen, wenn die Referenzpunkte ausgelost wurden, je Klasse der Karte oder über die ganze Karte. Flächen, wo es gerade passte, sind keine solche Stichprobe. Punkte aus „Referenzstichprobe ziehen“ brauchen kein Kreuz.</translation>
    </message>
    <message>
        <source>Accuracies with their intervals, class by class; needs no network.</source>
        <translation>Genauigkeiten mit ihren Intervallen, Klasse für Klasse; braucht kein Netzwerk.</translation>
    </message>
    <message>
        <source>Pixels of each reference class (rows) that the map gives each class (columns).</source>
        <translation>Pixel jeder Referenzklasse (Zeilen), denen die Karte jede Klasse gibt (Spalten).</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>CSV files</source>
        <translation>CSV-Dateien</translation>
    </message>
    <message>
        <source>Inspect cube and training areas</source>
        <translation>Würfel und Trainingsflächen prüfen</translation>
    </message>
    <message>
        <source>Say what to know, and what to mend, before a training</source>
        <translation>Sagen, was vor einem Training zu wissen und zu bessern ist</translation>
    </message>
    <message>
        <source>Looks at a hyperspectral cube and, if you give them, at training areas, and writes a report: bands and wavelengths, pixels without data, areas and pixels of each class, mean spectra, how well the classes can be separated, and what is wrong, with the ids of the features.

Problems are worth mending before a training: areas of different classes that overlap, areas without a class or unlike the others of their class, classes that are too small or too much alike. Notes are good to know. Nothing is changed.</source>
        <translation>Sieht sich einen Hyperspektralwürfel an und, wenn angegeben, Trainingsflächen, und schreibt einen Bericht: Kanäle und Wellenlängen, Pixel ohne Daten, Flächen und Pixel jeder Klasse, mittlere Spektren, wie gut sich die Klassen trennen lassen, und was nicht stimmt, mit den Nummern der Objekte.

Probleme sollten vor einem Training behoben werden: Flächen verschiedener Klassen, die sich überlappen, Flächen ohne Klasse oder anders als die übrigen ihrer Klasse, Klassen, die zu klein oder einander zu ähnlich sind. Hinweise sind gut zu wissen. Geändert wird nichts.</translation>
    </message>
    <message>
        <source>hyperspectral,check,quality,separability,Jeffries-Matusita,outliers,spectra,overlap</source>
        <translation>hyperspektral,Prüfung,Qualität,Trennbarkeit,Jeffries-Matusita,Ausreißer,Spektren,Überlappung</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover.</source>
        <translation>Polygone, Linien oder Punkte mit bekannter Bedeckung.</translation>
    </message>
    <message>
        <source>Inspection report</source>
        <translation>Prüfbericht</translation>
    </message>
    <message>
        <source>What was found, with tables and mean spectra.</source>
        <translation>Was gefunden wurde, mit Tabellen und mittleren Spektren.</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>Hat Probleme</translation>
    </message>
    <message>
        <source>Number of problems</source>
        <translation>Zahl der Probleme</translation>
    </message>
    <message>
        <source>Segment into superpixels</source>
        <translation>In Superpixel zerlegen</translation>
    </message>
    <message>
        <source>Make polygons of alike pixels, to be labelled by a click</source>
        <translation>Polygone aus ähnlichen Pixeln machen, die sich mit einem Klick beschriften lassen</translation>
    </message>
    <message>
        <source>Cuts a hyperspectral cube into small polygons of pixels that lie together and have like spectra. Their borders follow the pixels; together they cover every pixel with data once.

To make training areas without drawing: select polygons with a click, write a class into their field 'class' with the field calculator bar or the attribute table, and give the layer to 'Classify from training areas' with the class field 'class'. Polygons without a class are left out there.

Fields: pixels, area_ha, brightness (mean of all values) and bright_std (its standard deviation over the pixels), spread (how unlike the pixels' spectra are, in standard deviations of the scene: a large one holds several covers), neighbours and neighb_ids (what touches it by a side or a corner). A cube beyond the memory budget is cut in blocks, and superpixels end at their seams.</source>
        <translation>Zerlegt einen Hyperspektralwürfel in kleine Polygone aus Pixeln, die beieinander liegen und ähnliche Spektren haben. Ihre Grenzen folgen den Pixeln; zusammen bedecken sie jedes Pixel mit Daten einmal.

Trainingsflächen ohne Zeichnen: wählen Sie Polygone mit einem Klick, schreiben Sie eine Klasse in ihr Feld „class“, mit der Feldrechnerleiste oder in der Attributtabelle, und geben Sie den Layer an „Aus Trainingsflächen klassifizieren“ mit dem Klassenfeld „class“. Polygone ohne Klasse bleiben dort außen vor.

Felder: pixels, area_ha, brightness (Mittel aller Werte) und bright_std (dessen Standardabweichung über die Pixel), spread (wie unähnlich die Spektren der Pixel sind, in Standardabweichungen der Szene: ein großer Wert heißt mehrere Bedeckungen), neighbours und neighb_ids (was an einer Seite oder Ecke berührt). Ein Würfel über dem Speicherbudget wird in Blöcke geteilt, und Superpixel enden an deren Nähten.</translation>
    </message>
    <message>
        <source>hyperspectral,SLIC,segmentation,objects,OBIA,labelling,training areas</source>
        <translation>hyperspektral,SLIC,Segmentierung,Objekte,OBIA,Beschriften,Trainingsflächen</translation>
    </message>
    <message>
        <source>Pixels per superpixel</source>
        <translation>Pixel je Superpixel</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel.</source>
        <translation>Mittlere Zahl der Pixel in einem Superpixel.</translation>
    </message>
    <message>
        <source>Spectral distance that weighs as much as the side of a superpixel, in standard deviations of the last component: larger gives rounder superpixels.</source>
        <translation>Spektraler Abstand, der so viel wiegt wie die Seite eines Superpixels, in Standardabweichungen der letzten Komponente: größer gibt rundere Superpixel.</translation>
    </message>
    <message>
        <source>Principal components of the spectra that superpixels are made from.</source>
        <translation>Hauptkomponenten der Spektren, aus denen die Superpixel entstehen.</translation>
    </message>
    <message>
        <source>Mean of every band as a field</source>
        <translation>Mittel jedes Kanals als Feld</translation>
    </message>
    <message>
        <source>Adds a field for each band used, nm_ and its wavelength or band_ and its number, with the superpixel's mean of the values in the file.</source>
        <translation>Fügt für jeden verwendeten Kanal ein Feld hinzu, nm_ und seine Wellenlänge oder band_ und seine Nummer, mit dem Mittel der Dateiwerte im Superpixel.</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>Superpixel</translation>
    </message>
    <message>
        <source>GeoPackage of polygons with an empty text field 'class'.</source>
        <translation>GeoPackage mit Polygonen und einem leeren Textfeld „class“.</translation>
    </message>
    <message>
        <source>Number of superpixels</source>
        <translation>Zahl der Superpixel</translation>
    </message>
    <message>
        <source>Suggest areas to label next</source>
        <translation>Flächen zum Beschriften vorschlagen</translation>
    </message>
    <message>
        <source>Show where a few more training areas would help a model most</source>
        <translation>Zeigen, wo einige Trainingsflächen mehr einem Modell am meisten helfen</translation>
    </message>
    <message>
        <source>Ranks the superpixels of a cube by how much a model would gain from knowing their class, and writes the first ones as polygons: where the two most likely classes are close, of a fair size, and unlike the ones ranked before them. None overlaps an area that has a class already.

Toggle editing of the layer, open the attribute table or the form of an area, and choose its class from the list; leave it where you do not know the cover or where it holds several. Then train again with the layer as 'More training areas'; areas without a class are left out there. To ask once more, give the layer as 'Earlier suggestions': what you passed over does not come again, and what is like it ranks lower.

Fields: rank, the class to be set (named as in the model's training), predicted and runner_up (the most likely class and the next), reason, confidence (calibrated probability of the predicted class, mean over the pixels), margin (its lead over the next), entropy (0 sure, 1 all classes alike), pixels and area_ha.</source>
        <translation>Reiht die Superpixel eines Würfels danach, wie viel ein Modell gewönne, wenn es ihre Klasse wüsste, und schreibt die ersten als Polygone: wo die beiden wahrscheinlichsten Klassen nahe beieinander liegen, von guter Größe und anders als die zuvor gereihten. Keines überlappt eine Fläche, die schon eine Klasse hat.

Schalten Sie die Bearbeitung des Layers ein, öffnen Sie die Attributtabelle oder das Formular einer Fläche und wählen Sie ihre Klasse aus der Liste; lassen Sie sie leer, wo Sie die Bedeckung nicht kennen oder mehrere darin liegen. Trainieren Sie dann wieder mit dem Layer als „Weitere Trainingsflächen“; Flächen ohne Klasse bleiben dort außen vor. Um noch einmal zu fragen, geben Sie den Layer als „Frühere Vorschläge“ an: Was Sie ausgelassen haben, kommt nicht wieder, und was ihm ähnelt, steht weiter hinten.

Felder: rank (Rang), die zu setzende Klasse (benannt wie im Training des Modells), predicted und runner_up (die wahrscheinlichste Klasse und die nächste), reason (Grund), confidence (kalibrierte Wahrscheinlichkeit der vorhergesagten Klasse, Mittel über die Pixel), margin (ihr Vorsprung), entropy (0 sicher, 1 alle Klassen gleich), pixels und area_ha.</translation>
    </message>
    <message>
        <source>hyperspectral,active learning,uncertainty,sampling,labelling,training areas,superpixels</source>
        <translation>hyperspektral,aktives Lernen,Unsicherheit,Stichprobe,Beschriften,Trainingsflächen,Superpixel</translation>
    </message>
    <message>
        <source>Areas that have a class already</source>
        <translation>Flächen, die schon eine Klasse haben</translation>
    </message>
    <message>
        <source>Usually the training areas; no suggestion overlaps them.</source>
        <translation>Meist die Trainingsflächen; kein Vorschlag überlappt sie.</translation>
    </message>
    <message>
        <source>Field of these areas that names the class; areas where it is empty do not count. The suggestions get a field of this name. Empty takes the field that the layer is categorised by, or its only text field.</source>
        <translation>Feld dieser Flächen, das die Klasse nennt; Flächen, wo es leer ist, zählen nicht. Die Vorschläge bekommen ein Feld dieses Namens. Leer: das Feld, nach dem der Layer kategorisiert ist, oder sein einziges Textfeld.</translation>
    </message>
    <message>
        <source>Earlier suggestions or more training areas</source>
        <translation>Frühere Vorschläge oder weitere Trainingsflächen</translation>
    </message>
    <message>
        <source>Areas with a class count as labelled; areas left without one are not suggested again, and what is like them ranks lower. The class field has the same name in both layers.</source>
        <translation>Flächen mit einer Klasse zählen als beschriftet; Flächen, die keine bekommen haben, werden nicht wieder vorgeschlagen, und was ihnen ähnelt, steht weiter hinten. Das Klassenfeld heißt in beiden Layern gleich.</translation>
    </message>
    <message>
        <source>Number of suggestions</source>
        <translation>Zahl der Vorschläge</translation>
    </message>
    <message>
        <source>With a larger number the first ones stay the same.</source>
        <translation>Bei einer größeren Zahl bleiben die ersten dieselben.</translation>
    </message>
    <message>
        <source>Mean size of the superpixels; 0 takes the model's own, of its middle scale.</source>
        <translation>Mittlere Größe der Superpixel; 0 nimmt die des Modells, seines mittleren Maßstabs.</translation>
    </message>
    <message>
        <source>Suggested areas</source>
        <translation>Vorgeschlagene Flächen</translation>
    </message>
    <message>
        <source>GeoPackage of ranked polygons with a list of classes to choose.</source>
        <translation>GeoPackage mit gereihten Polygonen und einer Auswahlliste der Klassen.</translation>
    </message>
    <message>
        <source>Number of suggested areas</source>
        <translation>Zahl der vorgeschlagenen Flächen</translation>
    </message>
    <message>
        <source>Compare two maps</source>
        <translation>Zwei Karten vergleichen</translation>
    </message>
    <message>
        <source>Show what changed from one class map to another, and where</source>
        <translation>Sagen, was sich von einer Klassenkarte zur anderen geändert hat, und wo</translation>
    </message>
    <message>
        <source>Compares two class maps, of two dates or of two models, and writes a map of the changes ('Corn -&gt; Woods'), the change matrix in pixels and hectares, and a report with the largest changes. What is unchanged is pale; changes have strong colours.

Classes are matched by name; by value where one of the maps has no names. If the map after lies on another grid, in another coordinate reference system too, each pixel of the map before is compared with the nearest of the map after, and a warning says so. Pixels without a class in one of the maps are 0 and not compared.

This is how the maps differ, not how the land does: errors of either map count as changes. Score both with 'Assess accuracy'.</source>
        <translation>Vergleicht zwei Klassenkarten, zweier Zeitpunkte oder zweier Modelle, und schreibt eine Karte der Änderungen („Mais -&gt; Wald“), die Änderungsmatrix in Pixeln und Hektar und einen Bericht mit den größten Änderungen. Unverändertes ist blass; Änderungen haben kräftige Farben.

Klassen werden nach Namen zugeordnet; nach Werten, wo eine der Karten keine Namen hat. Liegt die spätere Karte auf einem anderen Gitter, auch in einem anderen Koordinatensystem, wird jedes Pixel der früheren mit dem nächsten der späteren verglichen, und eine Warnung sagt es. Pixel ohne Klasse in einer der Karten sind 0 und werden nicht verglichen.

So unterscheiden sich die Karten, nicht das Land: Fehler beider Karten zählen als Änderung. Bewerten Sie beide mit „Genauigkeit bewerten“.</translation>
    </message>
    <message>
        <source>change detection,change matrix,transition,from-to,two dates,difference,area</source>
        <translation>Änderungserkennung,Änderungsmatrix,Übergang,von-nach,zwei Zeitpunkte,Unterschied,Fläche</translation>
    </message>
    <message>
        <source>Map before</source>
        <translation>Karte vorher</translation>
    </message>
    <message>
        <source>Class map of the earlier date.</source>
        <translation>Klassenkarte des früheren Datums.</translation>
    </message>
    <message>
        <source>Map after</source>
        <translation>Karte nachher</translation>
    </message>
    <message>
        <source>Class map of the later date, or of another model.</source>
        <translation>Klassenkarte des späteren Datums oder eines anderen Modells.</translation>
    </message>
    <message>
        <source>Change map</source>
        <translation>Änderungskarte</translation>
    </message>
    <message>
        <source>A value for each change: that of the class before and that after, as 305 for 3 to 5, or running numbers where these grow too large.</source>
        <translation>Ein Wert für jede Änderung: der der Klasse vorher und der nachher, etwa 305 für 3 zu 5, oder laufende Nummern, wo diese zu groß würden.</translation>
    </message>
    <message>
        <source>Change matrix</source>
        <translation>Änderungsmatrix</translation>
    </message>
    <message>
        <source>Change report</source>
        <translation>Änderungsbericht</translation>
    </message>
    <message>
        <source>Share of the compared area that changed, 0 to 1</source>
        <translation>Geänderter Anteil der verglichenen Fläche, 0 bis 1</translation>
    </message>
    <message>
        <source>Pixels that changed</source>
        <translation>Geänderte Pixel</translation>
    </message>
    <message>
        <source>Hectares that changed</source>
        <translation>Geänderte Hektar</translation>
    </message>
    <message>
        <source>Pixels with a class in both maps</source>
        <translation>Pixel mit einer Klasse in beiden Karten</translation>
    </message>
    <message>
        <source>Set up the engine</source>
        <translation>Engine einrichten</translation>
    </message>
    <message>
        <source>Install the Python packages of the engine, apart from those of QGIS</source>
        <translation>Die Python-Pakete der Engine installieren, getrennt von denen von QGIS</translation>
    </message>
    <message>
        <source>Installs the packages that the engine needs into an environment of its own in your user folder. The Python of QGIS is not changed. It needs a network connection. Setting it up takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card. Cancelled or interrupted, it continues where it stopped.

You do not need it if you name a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net. 'Remove the engine' frees the space again.</source>
        <translation>Installiert die Pakete, die die Engine braucht, in eine eigene Umgebung in Ihrem Benutzerordner. Das Python von QGIS wird nicht geändert. Nötig ist eine Netzwerkverbindung. Das Einrichten braucht einige Minuten und etwa 1.5 GB Plattenplatz, mit einer NVIDIA-Karte mehrere GB. Abgebrochen oder unterbrochen geht es dort weiter, wo es stand.

Sie brauchen es nicht, wenn Sie unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Anbieter &gt; MIAF-Net ein Python nennen, das die Pakete hat. „Engine entfernen“ gibt den Platz wieder frei.</translation>
    </message>
    <message>
        <source>install,setup,torch,environment,dependencies,gpu,cuda</source>
        <translation>installieren,einrichten,torch,Umgebung,Abhängigkeiten,GPU,CUDA</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Python 3.10 or newer to build with; empty takes that of QGIS or, if that is too old, the newest one found.</source>
        <translation>Python 3.10 oder neuer, mit dem gebaut wird; leer nimmt das von QGIS oder, ist das zu alt, das neueste gefundene.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>Build of torch: auto looks for an NVIDIA card and its driver; cpu is smaller; cuda also checks that the engine finds a card.</source>
        <translation>Bauart von torch: auto sucht eine NVIDIA-Karte und ihren Treiber; cpu ist kleiner; cuda prüft auch, dass die Engine eine Karte findet.</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Ordner mit Wheels</translation>
    </message>
    <message>
        <source>Wheel files to install from, without any network.</source>
        <translation>Wheel-Dateien, aus denen ohne jedes Netzwerk installiert wird.</translation>
    </message>
    <message>
        <source>Extra package index</source>
        <translation>Zusätzlicher Paketindex</translation>
    </message>
    <message>
        <source>Address of the index of the torch build you want, for a certain CUDA version or for the smaller CPU build; PyTorch's installation page lists them.</source>
        <translation>Adresse des Index der gewünschten torch-Bauart, für eine bestimmte CUDA-Version oder die kleinere für CPUs; die Installationsseite von PyTorch nennt sie.</translation>
    </message>
    <message>
        <source>Python of the engine</source>
        <translation>Python der Engine</translation>
    </message>
    <message>
        <source>Device found</source>
        <translation>Gefundenes Gerät</translation>
    </message>
    <message>
        <source>Remove the engine</source>
        <translation>Engine entfernen</translation>
    </message>
    <message>
        <source>Free the disc space that the packages of the engine take</source>
        <translation>Den Plattenplatz freigeben, den die Pakete der Engine belegen</translation>
    </message>
    <message>
        <source>Removes the packages that 'Set up the engine' installed, those of older versions too, and the log files of the runs. Your maps and models stay, and so does a Python that you named in the options. Run 'Set up the engine' to have the engine again.</source>
        <translation>Entfernt die Pakete, die „Engine einrichten“ installiert hat, auch die älterer Versionen, und die Protokolldateien der Läufe. Ihre Karten und Modelle bleiben, ebenso ein Python, das Sie in den Optionen nennen. „Engine einrichten“ bringt die Engine wieder.</translation>
    </message>
    <message>
        <source>uninstall,remove,disc space,environment,logs</source>
        <translation>deinstallieren,entfernen,Plattenplatz,Umgebung,Protokolle</translation>
    </message>
    <message>
        <source>Remove the logs</source>
        <translation>Protokolle entfernen</translation>
    </message>
    <message>
        <source>The log files of the runs; other files in their folder stay.</source>
        <translation>Die Protokolldateien der Läufe; andere Dateien in ihrem Ordner bleiben.</translation>
    </message>
    <message>
        <source>Megabytes freed</source>
        <translation>Freigegebene Megabyte</translation>
    </message>
    <message>
        <source>Report engine and hardware</source>
        <translation>Engine und Hardware melden</translation>
    </message>
    <message>
        <source>List versions, packages and devices for a bug report</source>
        <translation>Versionen, Pakete und Geräte für eine Fehlermeldung auflisten</translation>
    </message>
    <message>
        <source>Lists the versions of QGIS, Python and the engine's packages, the interpreter that runs the engine, and the devices it finds. Add the text to a bug report. Your home folder is shown as ~, your user name as USER.</source>
        <translation>Nennt die Versionen von QGIS, Python und den Paketen der Engine, den Interpreter, in dem sie läuft, und die Geräte, die sie findet. Fügen Sie den Text einer Fehlermeldung bei. Ihr Benutzerordner steht darin als ~, Ihr Benutzername als USER.</translation>
    </message>
    <message>
        <source>diagnostics,version,gpu,cuda,support,bug</source>
        <translation>Diagnose,Version,GPU,CUDA,Hilfe,Fehler</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>The text that the log shows, to copy into a bug report.</source>
        <translation>Der Text, den das Protokoll zeigt, zum Kopieren in eine Fehlermeldung.</translation>
    </message>
    <message>
        <source>Open the demo scene</source>
        <translation>Demoszene öffnen</translation>
    </message>
    <message>
        <source>Open the Indian Pines scene with its training and test areas</source>
        <translation>Die Szene Indian Pines mit ihren Trainings- und Testflächen öffnen</translation>
    </message>
    <message>
        <source>Opens the Indian Pines scene that comes with the plugin: a small hyperspectral cube, training areas and test areas. It is a copy in your user folder, so draw in it as you like. Then run 'Classify from training areas' with the class field 'cover'.</source>
        <translation>Öffnet die Szene Indian Pines, die mit dem Plugin kommt: einen kleinen Hyperspektralwürfel, Trainingsflächen und Testflächen. Es ist eine Kopie in Ihrem Benutzerordner; zeichnen Sie darin, wie Sie mögen. Starten Sie dann „Aus Trainingsflächen klassifizieren“ mit dem Klassenfeld „cover“.</translation>
    </message>
    <message>
        <source>demo,example,tutorial,Indian Pines,sample data</source>
        <translation>Demo,Beispiel,Anleitung,Indian Pines,Beispieldaten</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Demoszene</translation>
    </message>
    <message>
        <source>Demo scene (Indian Pines)</source>
        <translation>Demoszene (Indian Pines)</translation>
    </message>
    <message>
        <source>Demo training areas</source>
        <translation>Demo-Trainingsflächen</translation>
    </message>
    <message>
        <source>Demo test areas</source>
        <translation>Demo-Testflächen</translation>
    </message>
    <message>
        <source>Import a benchmark scene</source>
        <translation>Eine Benchmark-Szene importieren</translation>
    </message>
    <message>
        <source>Make rasters and areas of a scene in MATLAB or NumPy files</source>
        <translation>Aus MATLAB- oder NumPy-Dateien Raster und Flächen einer Szene machen</translation>
    </message>
    <message>
        <source>Scenes of the literature, such as Indian Pines, Salinas or Pavia University, are published as arrays in .mat or .npy files. This makes a hyperspectral cube of them that QGIS can open, a label raster, and areas with the text field 'class', one for each connected region of labels.

Then run 'Classify from training areas' with the cube, the areas and the class field 'class'. Whole regions are held out for the accuracy figures; a class of one region is divided, and its figures are the better for it.

Arrays do not say where on earth they are. Without an origin the rasters have no georeference, and QGIS draws them from 0,0 downwards in pixels; the areas lie upon them.</source>
        <translation>Szenen der Literatur wie Indian Pines, Salinas oder Pavia University werden als Arrays in .mat- oder .npy-Dateien veröffentlicht. Daraus werden hier ein Hyperspektralwürfel, den QGIS öffnen kann, ein Label-Raster und Flächen mit dem Textfeld „class“, eine je zusammenhängender Region der Labels.

Starten Sie dann „Aus Trainingsflächen klassifizieren“ mit dem Würfel, den Flächen und dem Klassenfeld „class“. Für die Genauigkeit werden ganze Regionen zurückgehalten; eine Klasse mit nur einer Region wird geteilt, und ihre Zahlen sind dadurch besser.

Arrays sagen nicht, wo auf der Erde sie liegen. Ohne Ursprung haben die Raster keine Georeferenz, und QGIS zeichnet sie von 0,0 abwärts in Pixeln; die Flächen liegen darauf.</translation>
    </message>
    <message>
        <source>benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,ground truth,import</source>
        <translation>Benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,Referenz,Import</translation>
    </message>
    <message>
        <source>Array file of the cube</source>
        <translation>Array-Datei des Würfels</translation>
    </message>
    <message>
        <source>Arrays</source>
        <translation>Arrays</translation>
    </message>
    <message>
        <source>MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.</source>
        <translation>MATLAB-Datei (Version 5 oder 7.3) oder NumPy-Datei .npy mit den Spektren.</translation>
    </message>
    <message>
        <source>Array of the cube</source>
        <translation>Array des Würfels</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file; empty takes the only one with three axes.</source>
        <translation>Name des Arrays in einer MATLAB-Datei; leer nimmt das einzige mit drei Achsen.</translation>
    </message>
    <message>
        <source>Array file of the labels</source>
        <translation>Array-Datei der Labels</translation>
    </message>
    <message>
        <source>MATLAB or NumPy file with the class number of each pixel, 0 where it is not known; or with abundances, one layer a class.</source>
        <translation>MATLAB- oder NumPy-Datei mit der Klassennummer jedes Pixels, 0 wo sie nicht bekannt ist; oder mit Anteilen, eine Ebene je Klasse.</translation>
    </message>
    <message>
        <source>Array of the labels</source>
        <translation>Array der Labels</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file; empty takes the only one that fits the cube. With a name and no labels file it is an array of the cube's.</source>
        <translation>Name des Arrays in einer MATLAB-Datei; leer nimmt das einzige, das zum Würfel passt. Mit Namen und ohne Label-Datei ist es ein Array der Würfeldatei.</translation>
    </message>
    <message>
        <source>List of class names</source>
        <translation>Liste der Klassennamen</translation>
    </message>
    <message>
        <source>Text with a line for each class, value and name, as '10 Corn'; or with names alone, in order of the values.</source>
        <translation>Text mit einer Zeile je Klasse, Wert und Name, etwa „10 Mais“; oder nur Namen in der Reihenfolge der Werte.</translation>
    </message>
    <message>
        <source>List of wavelengths</source>
        <translation>Liste der Wellenlängen</translation>
    </message>
    <message>
        <source>Text or CSV with one wavelength a line, or with a column 'wavelength' and perhaps 'fwhm'; an AVIRIS .spc file; or .npy. Nanometres or micrometres.</source>
        <translation>Text oder CSV mit einer Wellenlänge je Zeile oder mit einer Spalte „wavelength“ und vielleicht „fwhm“; eine AVIRIS-Datei .spc; oder .npy. Nanometer oder Mikrometer.</translation>
    </message>
    <message>
        <source>Bands of that list that the cube lacks</source>
        <translation>Kanäle dieser Liste, die dem Würfel fehlen</translation>
    </message>
    <message>
        <source>Numbers from 1, as 104-108,150-163,220, where the list has the bands of the sensor and noisy ones were taken out of the cube.</source>
        <translation>Nummern ab 1, etwa 104-108,150-163,220, wo die Liste die Kanäle des Sensors hat und verrauschte aus dem Würfel genommen wurden.</translation>
    </message>
    <message>
        <source>Order of the axes</source>
        <translation>Reihenfolge der Achsen</translation>
    </message>
    <message>
        <source>auto goes by the shape of the labels, else takes rows,columns,bands.</source>
        <translation>auto richtet sich nach der Form der Labels, sonst rows,columns,bands.</translation>
    </message>
    <message>
        <source>Rows, where the pixels stand in one row</source>
        <translation>Zeilen, wo die Pixel in einer Reihe stehen</translation>
    </message>
    <message>
        <source>Needed for a cube of two axes, pixels and bands; else 0.</source>
        <translation>Nötig bei einem Würfel mit zwei Achsen, Pixel und Kanäle; sonst 0.</translation>
    </message>
    <message>
        <source>Columns, where the pixels stand in one row</source>
        <translation>Spalten, wo die Pixel in einer Reihe stehen</translation>
    </message>
    <message>
        <source>As rows.</source>
        <translation>Wie bei den Zeilen.</translation>
    </message>
    <message>
        <source>Order of such pixels</source>
        <translation>Reihenfolge solcher Pixel</translation>
    </message>
    <message>
        <source>F: column by column, as MATLAB does; C: row by row.</source>
        <translation>F: Spalte für Spalte, wie MATLAB; C: Zeile für Zeile.</translation>
    </message>
    <message>
        <source>Least abundance of a class (%)</source>
        <translation>Kleinster Anteil einer Klasse (%)</translation>
    </message>
    <message>
        <source>Where the labels are abundances: what makes a pixel one of a class.</source>
        <translation>Wo die Labels Anteile sind: ab wann ein Pixel zu einer Klasse gehört.</translation>
    </message>
    <message>
        <source>Nodata value</source>
        <translation>NoData-Wert</translation>
    </message>
    <message>
        <source>Value of pixels without data.</source>
        <translation>Wert der Pixel ohne Daten.</translation>
    </message>
    <message>
        <source>CRS of the origin</source>
        <translation>KBS des Ursprungs</translation>
    </message>
    <message>
        <source>Only with an origin. Empty: the rasters get no CRS.</source>
        <translation>Nur mit einem Ursprung. Leer: die Raster bekommen kein KBS.</translation>
    </message>
    <message>
        <source>Origin (upper left corner)</source>
        <translation>Ursprung (obere linke Ecke)</translation>
    </message>
    <message>
        <source>x,y of the upper left corner of the image. Empty: no georeference.</source>
        <translation>x,y der oberen linken Bildecke. Leer: keine Georeferenz.</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>Pixelgröße</translation>
    </message>
    <message>
        <source>One number, or width,height; in units of the CRS.</source>
        <translation>Eine Zahl oder Breite,Höhe; in Einheiten des KBS.</translation>
    </message>
    <message>
        <source>Cube</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>Label-Raster</translation>
    </message>
    <message>
        <source>Areas of the labels</source>
        <translation>Flächen der Labels</translation>
    </message>
    <message>
        <source>Add class names to polygons</source>
        <translation>Polygonen Klassennamen geben</translation>
    </message>
    <message>
        <source>Write names and colours of a class map's legend to its polygons</source>
        <translation>Namen und Farben aus der Legende einer Klassenkarte an ihre Polygone schreiben</translation>
    </message>
    <message>
        <source>Adds the fields 'class' and 'colour' to polygons that were made from a class map, by 'Polygonise' for example: name and colour that the map's legend has for the value in a field. Polygons of a value that is not in the legend get empty fields. The layer is shown in the map's colours.</source>
        <translation>Gibt Polygonen, die etwa mit „Vektorisieren“ aus einer Klassenkarte entstanden, die Felder „class“ und „colour“: Name und Farbe, die die Legende der Karte für den Wert in einem Feld hat. Polygone mit einem Wert, der nicht in der Legende steht, bekommen leere Felder. Der Layer erscheint in den Farben der Karte.</translation>
    </message>
    <message>
        <source>polygonise,vectorise,legend,classification,land cover</source>
        <translation>vektorisieren,Polygone,Legende,Klassifikation,Landbedeckung</translation>
    </message>
    <message>
        <source>Polygons of a class map</source>
        <translation>Polygone einer Klassenkarte</translation>
    </message>
    <message>
        <source>Polygons with a field of class values.</source>
        <translation>Polygone mit einem Feld der Klassenwerte.</translation>
    </message>
    <message>
        <source>Field of class values</source>
        <translation>Feld der Klassenwerte</translation>
    </message>
    <message>
        <source>GDAL's 'Polygonise' names it DN by default.</source>
        <translation>„Vektorisieren“ von GDAL nennt es DN, wenn nichts anderes angegeben ist.</translation>
    </message>
    <message>
        <source>Map that the polygons were made from; its legend is used.</source>
        <translation>Karte, aus der die Polygone entstanden; ihre Legende wird verwendet.</translation>
    </message>
    <message>
        <source>Polygons with class names</source>
        <translation>Polygone mit Klassennamen</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,model,workflow</source>
        <translation>hyperspektral,Klassifikation,Landbedeckung,Deep Learning,Modell,Ablauf</translation>
    </message>
    <message>
        <source>Python that runs the engine (empty: found automatically)</source>
        <translation>Python, in dem die Engine läuft (leer: wird gefunden)</translation>
    </message>
    <message>
        <source>Device, where a dialog says auto</source>
        <translation>Gerät, wo ein Dialog auto sagt</translation>
    </message>
    <message>
        <source>Memory budget in MiB, where a dialog says 0 (0: the engine chooses)</source>
        <translation>Speicherbudget in MiB, wo ein Dialog 0 sagt (0: die Engine wählt)</translation>
    </message>
    <message>
        <source>Threads of the engine (0: the engine chooses)</source>
        <translation>Threads der Engine (0: die Engine wählt)</translation>
    </message>
    <message>
        <source>Folder for log files (empty: user's folder)</source>
        <translation>Ordner für Protokolldateien (leer: Benutzerordner)</translation>
    </message>
    <message>
        <source>The run is not finished. Stop it?</source>
        <translation>Der Lauf ist nicht fertig. Abbrechen?</translation>
    </message>
    <message>
        <source>If not, it continues in the background, and the list of tasks at the bottom of QGIS's window shows it. A training that is stopped continues where it was when it is run again.</source>
        <translation>Wenn nicht, läuft er im Hintergrund weiter, und die Aufgabenliste unten im QGIS-Fenster zeigt ihn an. Ein abgebrochenes Training setzt beim nächsten Lauf dort fort, wo es stand.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>Im Hintergrund weiterlaufen lassen</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>Die Engine ist bereit.</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>Spektren</translation>
    </message>
    <message>
        <source>Training curve</source>
        <translation>Trainingskurve</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>The engine that computes the maps is not set up yet. Setting it up takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card.</source>
        <translation>Die Engine, die die Karten rechnet, ist noch nicht eingerichtet. Das Einrichten braucht einige Minuten und etwa 1.5 GB Plattenplatz, mit einer NVIDIA-Karte mehrere GB.</translation>
    </message>
    <message>
        <source>Open a copy in the model designer…</source>
        <translation>Eine Kopie im Modelldesigner öffnen…</translation>
    </message>
    <message>
        <source>The training areas cannot be stored in '{path}': {reason}</source>
        <translation>Die Trainingsflächen können nicht in '{path}' gespeichert werden: {reason}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Flächen</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>ha</source>
        <translation>ha</translation>
    </message>
    <message>
        <source>Double-click to rename; right-click for colour and removal.</source>
        <translation>Doppelklick zum Umbenennen; Rechtsklick für Farbe und Entfernen.</translation>
    </message>
    <message>
        <source>Number of training areas</source>
        <translation>Anzahl der Trainingsflächen</translation>
    </message>
    <message>
        <source>Pixels of the cube in the training areas</source>
        <translation>Pixel des Datenwürfels in den Trainingsflächen</translation>
    </message>
    <message>
        <source>Hectares of the class in the last map</source>
        <translation>Hektar der Klasse in der letzten Karte</translation>
    </message>
    <message>
        <source>Producer's accuracy: share of this class in the training areas that the map finds, measured on areas held out in turn</source>
        <translation>Produzentengenauigkeit: Anteil dieser Klasse in den Trainingsflächen, den die Karte findet, gemessen an reihum zurückgehaltenen Flächen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>Farbe ändern…</translation>
    </message>
    <message>
        <source>Remove class and its areas</source>
        <translation>Klasse mit ihren Flächen entfernen</translation>
    </message>
    <message>
        <source>There is a class '{name}' already.</source>
        <translation>Die Klasse '{name}' gibt es schon.</translation>
    </message>
    <message>
        <source>MIAF-Net panel</source>
        <translation>MIAF-Net-Bedienfeld</translation>
    </message>
    <message>
        <source>Draw training areas and map a hyperspectral cube</source>
        <translation>Trainingsflächen zeichnen und einen hyperspektralen Datenwürfel kartieren</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured: the model that it continues from has seen every area. Train from the beginning to measure it.</source>
        <translation>Die Genauigkeit dieser Karte wurde nicht gemessen: Das Modell, von dem sie ausgeht, kennt alle Flächen. Trainieren Sie von vorn, um sie zu messen.</translation>
    </message>
    <message>
        <source>{share} % of it is unlike every training area.</source>
        <translation>{share} % davon gleichen keiner Trainingsfläche.</translation>
    </message>
    <message>
        <source>Draw areas</source>
        <translation>Flächen zeichnen</translation>
    </message>
    <message>
        <source>Draw areas of the current class: click the corners and end with a right click, or hold the button and draw around the area.</source>
        <translation>Flächen der aktuellen Klasse zeichnen: Ecken anklicken und mit Rechtsklick beenden, oder mit gedrückter Taste die Fläche umfahren.</translation>
    </message>
    <message>
        <source>Click superpixels</source>
        <translation>Superpixel anklicken</translation>
    </message>
    <message>
        <source>Assign the current class to superpixels: click one, or hold the button and brush over several. Click again to remove the class. The keys 1 to 9 choose a class.</source>
        <translation>Superpixeln die aktuelle Klasse zuweisen: einen anklicken oder mit gedrückter Taste über mehrere streichen. Ein erneuter Klick entfernt die Klasse. Die Tasten 1 bis 9 wählen eine Klasse.</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Neue Klasse</translation>
    </message>
    <message>
        <source>Use areas of another layer</source>
        <translation>Flächen eines anderen Layers verwenden</translation>
    </message>
    <message>
        <source>The cube is cut into superpixels: click those whose cover you know.</source>
        <translation>Der Datenwürfel ist in Superpixel zerlegt: Klicken Sie die an, deren Bedeckung Sie kennen.</translation>
    </message>
    <message>
        <source>Open a hyperspectral cube, or the demo scene from the menu.</source>
        <translation>Öffnen Sie einen hyperspektralen Datenwürfel oder aus dem Menü die Demoszene.</translation>
    </message>
    <message>
        <source>Make a class, then draw areas where you know the cover.</source>
        <translation>Legen Sie eine Klasse an und zeichnen Sie Flächen, deren Bedeckung Sie kennen.</translation>
    </message>
    <message>
        <source>Draw areas of at least two classes, several of each.</source>
        <translation>Zeichnen Sie Flächen von mindestens zwei Klassen, jeweils mehrere.</translation>
    </message>
    <message>
        <source>The project is not saved yet: its areas are in a folder of your profile. Save the project to have them beside it.</source>
        <translation>Das Projekt ist noch nicht gespeichert: Seine Flächen liegen in einem Ordner Ihres Profils. Speichern Sie das Projekt, dann liegen sie daneben.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Wait until the run has ended, then cut the superpixels.</source>
        <translation>Warten Sie das Ende des Laufs ab und zerlegen Sie dann in Superpixel.</translation>
    </message>
    <message>
        <source>The area lies outside the cube and was not kept.</source>
        <translation>Die Fläche liegt außerhalb des Datenwürfels und wurde nicht übernommen.</translation>
    </message>
    <message>
        <source>The areas are saved in {name}.</source>
        <translation>Die Flächen sind in {name} gespeichert.</translation>
    </message>
    <message>
        <source>Update map</source>
        <translation>Karte aktualisieren</translation>
    </message>
    <message>
        <source>Suggest where to draw next</source>
        <translation>Vorschlagen, wo als Nächstes zu zeichnen ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>How much of the map covers the cube</source>
        <translation>Wie stark die Karte den Datenwürfel verdeckt</translation>
    </message>
    <message>
        <source>Continue from the last model</source>
        <translation>Vom letzten Modell aus weitertrainieren</translation>
    </message>
    <message>
        <source>Takes a fraction of the time. The accuracy is not measured, because the model has seen every area.</source>
        <translation>Braucht einen Bruchteil der Zeit. Die Genauigkeit wird nicht gemessen, denn das Modell kennt alle Flächen.</translation>
    </message>
    <message>
        <source>Quick look: fewer epochs</source>
        <translation>Schneller Blick: weniger Epochen</translation>
    </message>
    <message>
        <source>Open the dialog with these values…</source>
        <translation>Dialog mit diesen Werten öffnen…</translation>
    </message>
    <message>
        <source>The last run as a call</source>
        <translation>Der letzte Lauf als Aufruf</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>Als Python kopieren</translation>
    </message>
    <message>
        <source>Cancelled. Run it again to continue where it stopped.</source>
        <translation>Abgebrochen. Ein neuer Lauf macht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>{count} areas are suggested; the first is in view. Draw there if you know the cover, or leave it.</source>
        <translation>{count} Flächen sind vorgeschlagen; die erste ist im Bild. Zeichnen Sie dort, wenn Sie die Bedeckung kennen, oder lassen Sie sie aus.</translation>
    </message>
    <message>
        <source>The run failed: {reason}</source>
        <translation>Der Lauf ist fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>There is no algorithm '{name}'; is Processing switched on?</source>
        <translation>Es gibt keinen Algorithmus '{name}'; ist Processing (Verarbeitung) eingeschaltet?</translation>
    </message>
    <message>
        <source>The accuracy of the map was not measured.</source>
        <translation>Die Genauigkeit der Karte wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right (95 % interval {low} to {high} %).</source>
        <translation>Etwa {share} % der Karte dürften stimmen (95-%-Intervall {low} bis {high} %).</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right.</source>
        <translation>Etwa {share} % der Karte dürften stimmen.</translation>
    </message>
    <message>
        <source>Suggest areas</source>
        <translation>Flächen vorschlagen</translation>
    </message>
    <message>
        <source>Use as training areas</source>
        <translation>Als Trainingsflächen verwenden</translation>
    </message>
    <message>
        <source>No polygons with a class field</source>
        <translation>Keine Polygone mit einem Klassenfeld</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>Farbe ändern</translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>Klasse umbenennen</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Klasse entfernen</translation>
    </message>
    <message>
        <source>Add areas</source>
        <translation>Flächen hinzufügen</translation>
    </message>
    <message>
        <source>Remove areas</source>
        <translation>Flächen entfernen</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Klasse ändern</translation>
    </message>
    <message>
        <source>Change areas</source>
        <translation>Flächen ändern</translation>
    </message>
    <message>
        <source>Device from the options: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory budget from the options: {n} MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extent '{value}' cannot be read; write xmin,xmax,ymin,ymax [CRS].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{name}' was not classified: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine answered for {found} of {count} cubes. Run 'Set up the engine' again, and then this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {count} cubes was classified; see above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'Map before' and 'Map after' are the same file; choose another.</source>
        <translation>„Karte vorher“ und „Karte nachher“ sind dieselbe Datei; wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>The demo file '{path}' is missing; install the plugin again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo scene cannot be copied to {folder}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference sample (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The expected accuracy '{text}' is no number, or numbers with commas; write 0.8, or 0.7,0.9,0.85.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scene}, labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scene}, areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file '{path}'; check {title}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pixel size '{text}' is neither one number nor two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' has no legend of classes; choose a class map, as 'Classify with a model' makes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} MB were freed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the engine once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an NVIDIA card, but the engine computes on the CPU: update the driver, or run this again with COMPUTE cuda.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is ready: {python}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA card: {card}; build of torch: {build}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment lacks {names}; run this again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine works but finds no NVIDIA card, only '{device}'. Update the driver, give the index of a CUDA build as INDEX_URL, or run this again with COMPUTE auto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python {version}: {python}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none with a driver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment cannot be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested areas (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Superpixels (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each of the {count} areas has a class of its own; is '{field}' the field that names the class?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cube '{name}' is shown by its first bands. Show it as:</source>
        <translation>Der Würfel '{name}' zeigt seine ersten Bänder. Anzeigen als:</translation>
    </message>
    <message>
        <source>Show cube as</source>
        <translation>Würfel anzeigen als</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube in the layer tree first.</source>
        <translation>Wählen Sie zuerst einen hyperspektralen Würfel im Layerbaum.</translation>
    </message>
    <message>
        <source>Validation accuracy {value}, best {best}.</source>
        <translation>Validierungsgenauigkeit {value}, beste {best}.</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>Es läuft kein Training.</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS lacks.</source>
        <translation>Das Diagramm braucht das Python-Paket matplotlib, das diesem QGIS fehlt.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Epoch {n} of {count}, loss {loss}.</source>
        <translation>Epoche {n} von {count}, Verlust {loss}.</translation>
    </message>
    <message>
        <source>Validation accuracy (%)</source>
        <translation>Validierungsgenauigkeit (%)</translation>
    </message>
    <message>
        <source>The engine's answer cannot be used: '{key}' is {value}. Is it of another release than the plugin? Run 'Set up the engine' again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine says that it wrote '{path}', and there is no such file. Was it moved or deleted, or is its drive gone? Run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installing packages; the first time takes minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packages cannot be installed. Check the network connection, the proxy of QGIS and the free disc space, or give a folder of wheels; what is there already is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uv cannot be installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{python} cannot make a virtual environment. On Debian and Ubuntu install the package python3-venv; elsewhere give PYTHON a Python 3.10 or newer from python.org or conda.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uv cannot install the packages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the environment in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once more, with pip from {python}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {build} build of torch cannot be had ({reason}); the usual build is installed, which is larger on Linux and has no CUDA on Windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n} of '{stage}'.</source>
        <translation>Abgebrochen. Ein neuer Lauf fährt bei Epoche {n} von '{stage}' fort.</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine answers again, after {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue where it stopped.</source>
        <translation>Abgebrochen. Ein neuer Lauf fährt dort fort, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n}.</source>
        <translation>Abgebrochen. Ein neuer Lauf fährt bei Epoche {n} fort.</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has not answered for {seconds} seconds. It may hang, or the machine may be short of memory. You can keep waiting, or cancel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has hardly computed for {seconds} seconds: it waits, perhaps for a network drive or a graphics card. You can keep waiting, or cancel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installing the packages: {written} MB written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {size} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting of the MIAF-Net provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>environment of the engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python of QGIS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine cannot use {python} ({origin}): {reason}. Correct the setting, or run the algorithm 'Set up the engine' (miaf:setupengine).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not installed: run the algorithm 'Set up the engine' (miaf:setupengine) once, or name a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net or in the environment variable {variable}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is Python {found}, and 3.10 or newer is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it lacks {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>environment variable {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not work ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cubes are tried again, one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine closed its output and did not end; it was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it said nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine cannot be started with {python}: {reason}. Name another Python in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net, or run 'Set up the engine' again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine ended without a result ({how}): {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine was ended from outside ({how}), probably because memory ran short; lower 'Memory budget', 'Width' or the size of the extent, or close other programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine crashed ({how}); try DEVICE 'cpu', or run 'Report engine and hardware' and add its text to a bug report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log file is {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signal {n} {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> QGIS runs in a Flatpak and sees only the files given to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{python}' is Python {found}; the engine needs 3.10 or newer. Install one from python.org and give it as PYTHON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no Python '{python}'; give the file of a Python 3.10 or newer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{python}' does not work as a Python: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{folder}' cannot be removed: {reason}. Let runs of the engine end, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' ({wanted}); check both coordinate reference systems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' has no field '{field}'; choose the field that names the class (fields: {names}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' holds suggested areas, and its field '{field}' no classes that a person has set; choose the field in which you set them.</source>
        <translation>Layer „{name}“ enthält vorgeschlagene Flächen, und sein Feld „{field}“ keine Klassen, die jemand gesetzt hat; wählen Sie das Feld, in dem Sie sie gesetzt haben.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use; draw some, clear its filter, or select some if only selected features are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{areas}' has no coordinate reference system and raster '{cube}' has {wanted}; set that of the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}): it lies at {there} and the raster at {here}; check both coordinate reference systems, or choose other areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' has one class ('{key}'); at least 2 are needed. Draw areas of another class, or choose another field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{raster}' has no coordinate reference system; the coordinates of layer '{areas}' ({own}) are taken as those of the raster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' cannot be copied for the engine: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' is not styled by the values of '{field}' alone, so the colours of its classes are chosen automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use; draw some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field '{field}' of layer '{name}' is empty in all {count} features; fill in the classes, or choose another field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Natural colour</source>
        <translation>Echtfarben</translation>
    </message>
    <message>
        <source>Infrared</source>
        <translation>Infrarot</translation>
    </message>
    <message>
        <source>Short-wave infrared</source>
        <translation>Kurzwelliges Infrarot</translation>
    </message>
    <message>
        <source>Cube '{name}' has no suitable bands: {title} needs {ranges} nm.</source>
        <translation>Der Würfel '{name}' hat keine geeigneten Bänder: {title} braucht {ranges} nm.</translation>
    </message>
    <message>
        <source>Cube '{name}' has no wavelengths in its metadata; its bands {bands} are shown.</source>
        <translation>Der Würfel '{name}' hat keine Wellenlängen in seinen Metadaten; gezeigt werden seine Bänder {bands}.</translation>
    </message>
    <message>
        <source>Raster '{name}' is not a file of its own (its source begins with '{source}'); export it as GeoTIFF (Export, Save As) and choose that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' comes from a service or database ({provider}); save it as a GeoTIFF or ENVI file and choose that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} band; a hyperspectral cube has many. Choose the file with all bands, or stack them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' holds complex numbers; choose reflectance or radiance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extent {extent} does not overlap raster '{name}' ({own}, {crs}); choose an extent inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output '{path}' cannot be written: '{folder}' is a file and no folder; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of '{path}' does not exist; make it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be written to; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output '{path}' is also an input; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its accuracy was not measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its accuracy was not measured: no pixels were held out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Land cover of {cube}, classified by MIAF-Net.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overall accuracy {value} %. {definition}</source>
        <translation>Gesamtgenauigkeit {value} %. {definition}</translation>
    </message>
    <message>
        <source>The model's accuracy on its training scene {scene}: {accuracy}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained on {areas} and classified {cube}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classified {cube}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model file: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {given} cubes to train on, QGIS can read {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model file '{path}'; choose one made by 'Train model'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statistics of '{word}' are not available; use {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{path}' is the header of an ENVI file; choose the data file beside it (often .dat, .bsq, .img or no ending).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{path}' is no raster that QGIS can read; choose another file, or copy it again if it should be one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both are given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neither is given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give either {one} or {other}; {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} bands; a raster of class values has one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask '{value}' is neither a raster nor a vector layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask '{name}' has {count} bands; a mask has one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask '{name}' holds no polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device '{device}'; use auto, cpu, cuda:N or mps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give 0 or a positive whole number (got {value}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine takes {most} threads at most (got {value}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file '{path}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder '{path}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spectra of the training areas</source>
        <translation>Spektren der Trainingsflächen</translation>
    </message>
    <message>
        <source>Pick pixels on the map</source>
        <translation>Pixel auf der Karte wählen</translation>
    </message>
    <message>
        <source>Class means</source>
        <translation>Klassenmittel</translation>
    </message>
    <message>
        <source>Click on the map to see the spectrum of a pixel.</source>
        <translation>Klicken Sie auf die Karte, um das Spektrum eines Pixels zu sehen.</translation>
    </message>
    <message>
        <source>all bands have the value {value}, so there is no spectrum to show.</source>
        <translation>alle Bänder haben den Wert {value}, es gibt also kein Spektrum zu zeigen.</translation>
    </message>
    <message>
        <source>no data in {missing} of {count} bands.</source>
        <translation>keine Daten in {missing} von {count} Bändern.</translation>
    </message>
    <message>
        <source>nearest classes by spectral angle: {classes}.</source>
        <translation>nächste Klassen nach dem Spektralwinkel: {classes}.</translation>
    </message>
    <message>
        <source>Nearest classes</source>
        <translation>Nächste Klassen</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>This cube is read too slowly to follow the mouse: click.</source>
        <translation>Dieser Würfel wird zu langsam gelesen, um der Maus zu folgen: klicken Sie.</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube.</source>
        <translation>Wählen Sie einen hyperspektralen Würfel.</translation>
    </message>
    <message>
        <source>Column {column}, row {row}:</source>
        <translation>Spalte {column}, Zeile {row}:</translation>
    </message>
    <message>
        <source>no data.</source>
        <translation>keine Daten.</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}: its spectral angle is {other_angle}° to that class but {own}° to its own.</source>
        <translation>Fläche {number} ({name}) sieht aus wie {other}: ihr Spektralwinkel ist {other_angle}° zu dieser Klasse, aber {own}° zur eigenen.</translation>
    </message>
    <message>
        <source>This place is outside the cube.</source>
        <translation>Diese Stelle liegt außerhalb des Würfels.</translation>
    </message>
    <message>
        <source>Pixel clicked</source>
        <translation>Angeklicktes Pixel</translation>
    </message>
    <message>
        <source>Pixel under the mouse</source>
        <translation>Pixel unter der Maus</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>Und {n} weitere.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have. Names and spectral angles of the nearest classes are shown below all the same.</source>
        <translation>Das Diagramm braucht das Python-Paket matplotlib, das dieses QGIS nicht hat. Namen und Spektralwinkel der nächsten Klassen stehen trotzdem darunter.</translation>
    </message>
    <message>
        <source>Wavelength (nm)</source>
        <translation>Wellenlänge (nm)</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Band</translation>
    </message>
</context>
</TS>
