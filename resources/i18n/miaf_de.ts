<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>MIAF-Net</name>
    <message>
        <source>This is a graphical model. To see or change its steps, right-click it in the toolbox and open a copy in the model designer.</source>
        <translation>Dies ist ein grafisches Modell. Um seine Schritte zu sehen oder zu ändern, klicken Sie es in der Werkzeugkiste mit rechts an und öffnen eine Kopie im Modelldesigner.</translation>
    </message>
    <message>
        <source>Classify and vectorise</source>
        <translation>Klassifizieren und vektorisieren</translation>
    </message>
    <message>
        <source>From training areas to polygons with class names, one per class</source>
        <translation>Von Trainingsflächen zu Polygonen mit Klassennamen, eines je Klasse</translation>
    </message>
    <message>
        <source>Classifies a cube from training areas and removes patches smaller than a number of pixels. The map is then converted to polygons, those of one class are merged, and they get the class names and colours.</source>
        <translation>Klassifiziert einen Würfel aus Trainingsflächen und entfernt Flecken, die kleiner als eine Anzahl von Pixeln sind. Die Karte wird dann in Polygone umgewandelt. Die Polygone einer Klasse werden vereinigt und erhalten die Namen und Farben der Klassen.</translation>
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
        <source>Trains a model on the areas of one cube and classifies other cubes of the same sensor with it. A cube that cannot be classified is reported, and the others are still classified.</source>
        <translation>Trainiert ein Modell auf den Flächen eines Würfels und klassifiziert damit andere Würfel desselben Sensors. Ein Würfel, der nicht klassifiziert werden kann, wird gemeldet. Die anderen werden trotzdem klassifiziert.</translation>
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
        <source>Classifies a cube with a model and compares the map with reference areas that the model was not trained on. The results are a report, a confusion matrix and the accuracies.</source>
        <translation>Klassifiziert einen Würfel mit einem Modell und vergleicht die Karte mit Referenzflächen, auf denen das Modell nicht trainiert wurde. Ergebnisse sind ein Bericht, eine Konfusionsmatrix und die Genauigkeiten.</translation>
    </message>
    <message>
        <source>Classify, then draw a sample</source>
        <translation>Klassifizieren, dann Stichprobe ziehen</translation>
    </message>
    <message>
        <source>Classify a cube with a model and draw a reference sample from the map</source>
        <translation>Einen Würfel mit einem Modell klassifizieren und aus der Karte eine Referenzstichprobe ziehen</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and draws random points from the map. Once you have entered the true cover of each point, 'Assess accuracy' estimates the accuracy of the whole map.</source>
        <translation>Klassifiziert einen Würfel mit einem Modell und zieht zufällige Punkte aus der Karte. Sobald Sie die wahre Bedeckung jedes Punktes eingetragen haben, schätzt „Genauigkeit bewerten“ die Genauigkeit der ganzen Karte.</translation>
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
        <translation>Aus einem Würfel und Flächen bekannter Bedeckung eine Landbedeckungskarte erstellen</translation>
    </message>
    <message>
        <source>Makes a land-cover map of a hyperspectral cube from areas whose cover you know.

1. Draw polygons of each class in a vector layer with a field for the class name. Several small polygons per class, spread over the scene, work better than a few large ones.
2. Categorise the layer by that field if you want its colours in the map.
3. Choose the cube, the layer and the field, and run.

The results are the map with its legend, a confidence raster, a model for other scenes of the same sensor and an accuracy report. The map is trained on all areas. Its accuracy is estimated by cross-validation: each of several models is trained without some of the areas and scored on those. The areas left out lie about as far from the training areas as the rest of the scene does, where possible.</source>
        <translation>Erstellt eine Landbedeckungskarte eines Hyperspektralwürfels aus Flächen, deren Bedeckung Sie kennen.

1. Zeichnen Sie Polygone jeder Klasse in einen Vektorlayer mit einem Feld für den Klassennamen. Mehrere kleine Polygone je Klasse, über die Szene verteilt, sind besser als wenige große.
2. Kategorisieren Sie den Layer nach diesem Feld, wenn Sie seine Farben in der Karte möchten.
3. Wählen Sie Würfel, Layer und Feld und starten Sie.

Ergebnisse sind die Karte mit ihrer Legende, ein Konfidenzraster, ein Modell für andere Szenen desselben Sensors und ein Genauigkeitsbericht. Die Karte wird mit allen Flächen trainiert. Ihre Genauigkeit wird durch Kreuzvalidierung geschätzt: Mehrere Modelle werden jeweils ohne einen Teil der Flächen trainiert und an diesem bewertet. Die ausgelassenen Flächen liegen, wo möglich, etwa so weit von den Trainingsflächen entfernt wie der Rest der Szene.</translation>
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
        <source>Field with the name or number of the class. If the layer is categorised by this field, the map uses its labels and colours. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>Feld mit dem Namen oder der Nummer der Klasse. Ist der Layer nach diesem Feld kategorisiert, übernimmt die Karte seine Beschriftungen und Farben. Bleibt es leer, wird das Feld verwendet, nach dem der Layer kategorisiert ist, oder sein einziges Textfeld.</translation>
    </message>
    <message>
        <source>More training areas</source>
        <translation>Weitere Trainingsflächen</translation>
    </message>
    <message>
        <source>A second layer of areas, for example from 'Suggest areas to label next' once you have set their classes. Its class field must have the same name. Areas without a class are ignored.</source>
        <translation>Ein zweiter Layer mit Flächen, zum Beispiel aus „Flächen zum Beschriften vorschlagen“, sobald Sie deren Klassen gesetzt haben. Sein Klassenfeld muss gleich heißen. Flächen ohne Klasse werden nicht verwendet.</translation>
    </message>
    <message>
        <source>Test areas</source>
        <translation>Testflächen</translation>
    </message>
    <message>
        <source>Areas used only to measure accuracy, never for training. Their class field must have the same name.</source>
        <translation>Flächen, die nur zum Messen der Genauigkeit dienen, nie zum Trainieren. Ihr Klassenfeld muss gleich heißen.</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>Ausgangsmodell</translation>
    </message>
    <message>
        <source>Model to continue training from. This takes a fraction of the time of a new training. Give its old areas and the new ones together. New classes are allowed. The classes, bands, normalisation, superpixels and network of the model are kept. Areas held out from its training are held out again.</source>
        <translation>Modell, von dem aus weitertrainiert wird. Das dauert einen Bruchteil eines neuen Trainings. Geben Sie seine alten Flächen und die neuen zusammen an. Neue Klassen sind erlaubt. Klassen, Kanäle, Normalisierung, Superpixel und Netz des Modells bleiben. Flächen, die bei seinem Training zurückgehalten wurden, werden wieder zurückgehalten.</translation>
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
        <source>How long to train. quick: {quick} epochs, for a first look. Its expected accuracy is too high for similar classes. standard: {standard} epochs, for the final map. best: {best} epochs, which take twice as long and are rarely much better. A value of 'Epochs' in the advanced parameters overrides the preset.</source>
        <translation>Wie lange trainiert wird. quick: {quick} Epochen, für einen ersten Blick. Die erwartete Genauigkeit ist dann bei ähnlichen Klassen zu hoch. standard: {standard} Epochen, für die endgültige Karte. best: {best} Epochen, die doppelt so lange dauern und selten viel besser sind. Ein Wert von „Epochen“ in den erweiterten Parametern hat Vorrang.</translation>
    </message>
    <message>
        <source>Label raster, instead of training areas</source>
        <translation>Label-Raster statt Trainingsflächen</translation>
    </message>
    <message>
        <source>Raster of class values on the cube's grid, 0 where the cover is not known. The map uses its legend, or its category names and colours.</source>
        <translation>Raster mit Klassenwerten auf dem Gitter des Würfels, 0 bei unbekannter Bedeckung. Die Karte übernimmt seine Legende oder seine Kategorienamen und Farben.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Limits training and mapping to part of the cube. Polygons: pixels inside them are used. Raster with one band on the cube's grid: pixels that are neither 0 nor nodata are used.</source>
        <translation>Beschränkt Training und Kartierung auf einen Teil des Würfels. Polygone: Pixel darin werden verwendet. Raster mit einem Kanal auf dem Gitter des Würfels: Pixel, die weder 0 noch NoData sind, werden verwendet.</translation>
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
        <source>More scenes of the same sensor. The training areas may lie on any of them. Only the first cube, chosen above, is mapped.</source>
        <translation>Weitere Szenen desselben Sensors. Die Trainingsflächen dürfen auf jeder von ihnen liegen. Kartiert wird nur der erste, oben gewählte Würfel.</translation>
    </message>
    <message>
        <source>model: band statistics of all cubes together, or of the initial model. scene: statistics of each cube by itself, for cubes with different illumination or calibration. Then classify with 'scene', too.</source>
        <translation>model: Kanalstatistik aller Würfel zusammen oder die des Ausgangsmodells. scene: eigene Statistik jedes Würfels, bei unterschiedlicher Beleuchtung oder Kalibrierung. Klassifizieren Sie dann auch mit „scene“.</translation>
    </message>
    <message>
        <source>Normalise by the statistics of</source>
        <translation>Normalisieren mit der Statistik von</translation>
    </message>
    <message>
        <source>Excluded wavelengths (nm)</source>
        <translation>Ausgeschlossene Wellenlängen (nm)</translation>
    </message>
    <message>
        <source>Bands within these wavelength ranges are not used, for example 1350-1430,1800-1970 (absorption by water vapour). If left empty, all bands are used.</source>
        <translation>Kanäle in diesen Wellenlängenbereichen werden nicht verwendet, zum Beispiel 1350-1430,1800-1970 (Absorption durch Wasserdampf). Bleibt es leer, werden alle Kanäle verwendet.</translation>
    </message>
    <message>
        <source>Hold-out method</source>
        <translation>Methode des Zurückhaltens</translation>
    </message>
    <message>
        <source>How test data are chosen. matched: cross-validation with test areas as far from the training areas as the map, if possible; the map is trained on all areas. Others hold out a share: polygons (of a label raster: ends of its regions), blocks, or random pixels (accuracy too high). none: not measured.</source>
        <translation>Wie die Testdaten gewählt werden. matched: Kreuzvalidierung mit Testflächen, die, wo möglich, so weit von den Trainingsflächen entfernt sind wie die Karte; diese wird mit allen Flächen trainiert. Sonst wird ein Anteil zurückgehalten: Polygone (bei Label-Rastern Enden der Regionen), Blöcke oder Zufallspixel (Genauigkeit zu hoch). none: keine Messung.</translation>
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
        <source>Validation set for early stopping (%)</source>
        <translation>Validierungsmenge für Early Stopping (%)</translation>
    </message>
    <message>
        <source>Share of the training areas used as validation set, in percent. It chooses the epoch (early stopping) and is never scored. Afterwards it is used for training, too. 0 takes the last epoch.</source>
        <translation>Anteil der Trainingsflächen, der als Validierungsmenge dient, in Prozent. Sie wählt die Epoche (Early Stopping) und wird nie bewertet. Danach wird auch mit ihr trainiert. 0 nimmt die letzte Epoche.</translation>
    </message>
    <message>
        <source>Folds of the cross-validation</source>
        <translation>Teilmengen der Kreuzvalidierung</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. With matched, 1 chooses it automatically. With polygons, 1 scores the share held out. With 2 or more, each polygon is scored once by a model trained without it, and the map is trained on all areas.</source>
        <translation>Anzahl der Teilmengen der Kreuzvalidierung. Bei matched wird sie mit 1 automatisch gewählt. Bei polygons bewertet 1 den zurückgehaltenen Anteil. Ab 2 wird jedes Polygon einmal von einem ohne es trainierten Modell bewertet, und die Karte wird mit allen Flächen trainiert.</translation>
    </message>
    <message>
        <source>Train on the test areas before mapping</source>
        <translation>Vor der Kartierung auch mit den Testflächen trainieren</translation>
    </message>
    <message>
        <source>After scoring, training continues briefly on all areas, test areas included. This improves the map. The accuracy remains that of the model before, and no test set is left for the final one.</source>
        <translation>Nach der Bewertung wird kurz mit allen Flächen weitertrainiert, auch mit den Testflächen. Das verbessert die Karte. Die Genauigkeit bleibt die des Modells davor. Für das endgültige Modell bleibt keine Testmenge.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed, device and versions give the same split and the same map.</source>
        <translation>Gleicher Startwert, gleiches Gerät und gleiche Versionen ergeben dieselbe Aufteilung und dieselbe Karte.</translation>
    </message>
    <message>
        <source>Continue an interrupted training</source>
        <translation>Unterbrochenes Training fortsetzen</translation>
    </message>
    <message>
        <source>If a training with the same inputs and settings was cancelled or interrupted, it continues where it stopped. The result is the same as without interruption. The state is saved every 30 seconds and kept for up to 14 days. If off, training starts again from the beginning.</source>
        <translation>Wurde ein Training mit denselben Eingaben und Einstellungen abgebrochen oder unterbrochen, wird es dort fortgesetzt. Das Ergebnis ist dasselbe wie ohne Unterbrechung. Der Stand wird alle 30 Sekunden gespeichert und bis zu 14 Tage aufbewahrt. Ist es ausgeschaltet, beginnt das Training von vorn.</translation>
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
        <source>Number of passes over the training data.</source>
        <translation>Anzahl der Durchgänge durch die Trainingsdaten.</translation>
    </message>
    <message>
        <source>If left empty, the preset decides.</source>
        <translation>Bleibt es leer, gilt die Voreinstellung.</translation>
    </message>
    <message>
        <source>Final epochs with all training areas (%)</source>
        <translation>Letzte Epochen mit allen Trainingsflächen (%)</translation>
    </message>
    <message>
        <source>Once early stopping has chosen the epoch, training continues with the validation set included. This is the number of further epochs, in percent of 'Epochs'. 0 keeps the chosen epoch. Test pixels are never included.</source>
        <translation>Hat Early Stopping die Epoche gewählt, wird das Training mit der Validierungsmenge fortgesetzt. Dies ist die Zahl der weiteren Epochen, in Prozent von „Epochen“. 0 behält die gewählte Epoche. Testpixel sind nie dabei.</translation>
    </message>
    <message>
        <source>Epochs of continued training (%)</source>
        <translation>Epochen beim Weitertrainieren (%)</translation>
    </message>
    <message>
        <source>Number of epochs when training continues from an initial model, in percent of 'Epochs'.</source>
        <translation>Zahl der Epochen beim Weitertrainieren von einem Ausgangsmodell, in Prozent von „Epochen“.</translation>
    </message>
    <message>
        <source>Learning rate of continued training (%)</source>
        <translation>Lernrate beim Weitertrainieren (%)</translation>
    </message>
    <message>
        <source>Learning rate when training continues from an initial model, in percent of 'Learning rate'. A low value preserves what the model has learned.</source>
        <translation>Lernrate beim Weitertrainieren von einem Ausgangsmodell, in Prozent von „Lernrate“. Ein niedriger Wert bewahrt, was das Modell gelernt hat.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Maximum learning rate of the one-cycle schedule.</source>
        <translation>Maximale Lernrate des One-Cycle-Verfahrens.</translation>
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
        <source>Probability mass assigned to the other classes.</source>
        <translation>Wahrscheinlichkeit, die den anderen Klassen zugewiesen wird.</translation>
    </message>
    <message>
        <source>Weight of small classes (exponent)</source>
        <translation>Gewicht kleiner Klassen (Exponent)</translation>
    </message>
    <message>
        <source>The weight of a pixel is the pixel count of its class raised to minus this exponent. 0: all pixels have the same weight. 1: all classes have the same weight.</source>
        <translation>Das Gewicht eines Pixels ist die Pixelzahl seiner Klasse hoch minus diesem Exponenten. 0: Alle Pixel haben dasselbe Gewicht. 1: Alle Klassen haben dasselbe Gewicht.</translation>
    </message>
    <message>
        <source>Input noise</source>
        <translation>Rauschen der Eingabe</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to each normalised band during training. With more than 100 training areas, noise and dropout are reduced.</source>
        <translation>Standardabweichung des Rauschens, das im Training zu jedem normalisierten Kanal addiert wird. Bei mehr als 100 Trainingsflächen werden Rauschen und Dropout verringert.</translation>
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
        <source>Number of features in each branch.</source>
        <translation>Anzahl der Merkmale in jedem Zweig.</translation>
    </message>
    <message>
        <source>Convolution kernel sizes, small to large</source>
        <translation>Größen der Faltungskerne, von klein nach groß</translation>
    </message>
    <message>
        <source>Size of the convolution kernels in pixels: one odd number per scale, separated by commas.</source>
        <translation>Größe der Faltungskerne in Pixeln: je Maßstab eine ungerade Zahl, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>Dropout (share of features)</source>
        <translation>Dropout (Anteil der Merkmale)</translation>
    </message>
    <message>
        <source>Share of the shallow features that are dropped during training.</source>
        <translation>Anteil der flachen Merkmale, der im Training verworfen wird.</translation>
    </message>
    <message>
        <source>Use the graph branch</source>
        <translation>Graphzweig verwenden</translation>
    </message>
    <message>
        <source>Extracts features by graph convolution over superpixels.</source>
        <translation>Gewinnt Merkmale durch Graphfaltung über Superpixel.</translation>
    </message>
    <message>
        <source>Use the convolution branch</source>
        <translation>Faltungszweig verwenden</translation>
    </message>
    <message>
        <source>Extracts features by convolution over neighbouring pixels.</source>
        <translation>Gewinnt Merkmale durch Faltung über benachbarte Pixel.</translation>
    </message>
    <message>
        <source>Interactive attention between the branches</source>
        <translation>Wechselseitige Aufmerksamkeit der Zweige</translation>
    </message>
    <message>
        <source>Weights the features of each branch by attention computed from the other branch.</source>
        <translation>Gewichtet die Merkmale jedes Zweigs mit der aus dem anderen Zweig berechneten Aufmerksamkeit.</translation>
    </message>
    <message>
        <source>Fuse the scales by attention</source>
        <translation>Maßstäbe durch Aufmerksamkeit verbinden</translation>
    </message>
    <message>
        <source>Fuses the features of all scales by attention. If off, their mean is used.</source>
        <translation>Verbindet die Merkmale aller Maßstäbe durch Aufmerksamkeit. Ist es ausgeschaltet, wird ihr Mittel verwendet.</translation>
    </message>
    <message>
        <source>Ensemble of heads</source>
        <translation>Ensemble von Köpfen</translation>
    </message>
    <message>
        <source>Maps with an ensemble of heads: one for the fused features, one for each branch and five for the spectrum. It is more accurate on fields without training areas. If off, only the head of the fused features is used.</source>
        <translation>Kartiert mit einem Ensemble von Köpfen: einem für die verschmolzenen Merkmale, einem je Zweig und dreien für das Spektrum. Das ist genauer auf Feldern ohne Trainingsflächen. Ist es ausgeschaltet, wird nur der Kopf der verschmolzenen Merkmale verwendet.</translation>
    </message>
    <message>
        <source>Superpixels of the network</source>
        <translation>Superpixel des Netzes</translation>
    </message>
    <message>
        <source>Pixels per superpixel, small to large</source>
        <translation>Pixel je Superpixel, von klein nach groß</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel: one value per scale, from small to large, separated by commas. auto derives them from the distance over which pixels of the scene resemble each other.</source>
        <translation>Mittlere Anzahl der Pixel in einem Superpixel: ein Wert je Maßstab, von klein nach groß, durch Kommas getrennt. auto leitet die Werte daraus ab, über welche Entfernung sich Pixel der Szene ähneln.</translation>
    </message>
    <message>
        <source>Compactness of the superpixels</source>
        <translation>Kompaktheit der Superpixel</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in units of the spread within classes.</source>
        <translation>Größere Werte ergeben rundere Superpixel. Es ist der spektrale Abstand, der so viel zählt wie die Seitenlänge eines Superpixels, in Einheiten der Streuung innerhalb der Klassen.</translation>
    </message>
    <message>
        <source>Components for the superpixels</source>
        <translation>Komponenten für die Superpixel</translation>
    </message>
    <message>
        <source>Number of projected components from which superpixels are made.</source>
        <translation>Anzahl der projizierten Komponenten, aus denen Superpixel gebildet werden.</translation>
    </message>
    <message>
        <source>Projection for the superpixels</source>
        <translation>Projektion für die Superpixel</translation>
    </message>
    <message>
        <source>Projection for the superpixels. lda: linear discriminant analysis, which separates the training classes. pca: principal component analysis, which uses no labels.</source>
        <translation>Projektion für die Superpixel. lda: lineare Diskriminanzanalyse, die die Trainingsklassen trennt. pca: Hauptkomponentenanalyse, die keine Labels verwendet.</translation>
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
        <source>Where the network is computed. auto: a graphics card if there is one, otherwise the processor. cuda:N: the NVIDIA card with number N. mps: an Apple graphics processor.</source>
        <translation>Wo das Netz berechnet wird. auto: eine Grafikkarte, wenn es eine gibt, sonst der Prozessor. cuda:N: die NVIDIA-Karte mit der Nummer N. mps: ein Grafikprozessor von Apple.</translation>
    </message>
    <message>
        <source>Memory budget (MiB)</source>
        <translation>Speicherbudget (MiB)</translation>
    </message>
    <message>
        <source>Memory that the engine may use. 0 chooses it automatically.</source>
        <translation>Arbeitsspeicher, den die Engine nutzen darf. 0 wählt ihn automatisch.</translation>
    </message>
    <message>
        <source>Creation options of the rasters</source>
        <translation>Erstellungsoptionen der Raster</translation>
    </message>
    <message>
        <source>GDAL creation options NAME=VALUE, separated by |. If left empty, GeoTIFF files are tiled and compressed.</source>
        <translation>Erstellungsoptionen von GDAL, NAME=WERT, durch | getrennt. Bleibt es leer, werden GeoTIFF-Dateien gekachelt und komprimiert.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Minimum confidence</source>
        <translation>Mindestkonfidenz</translation>
    </message>
    <message>
        <source>Pixels with a lower confidence become 0 (unclassified) in the map. 0 to 1, as in the confidence raster; 0 keeps all pixels. The confidence raster itself is not changed.</source>
        <translation>Pixel mit geringerer Konfidenz werden in der Karte 0 (nicht klassifiziert). 0 bis 1, wie im Konfidenzraster; 0 behält alle Pixel. Das Konfidenzraster selbst ändert sich nicht.</translation>
    </message>
    <message>
        <source>Leave out pixels unlike the training areas</source>
        <translation>Pixel auslassen, die den Trainingsflächen unähnlich sind</translation>
    </message>
    <message>
        <source>Pixels whose spectra are unlike all training areas become 0 (unclassified) in the map. A road without training areas is then not mapped as a field.</source>
        <translation>Pixel, deren Spektren allen Trainingsflächen unähnlich sind, werden in der Karte 0 (nicht klassifiziert). Eine Straße ohne Trainingsflächen wird dann nicht als Feld kartiert.</translation>
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
        <source>Probability of the mapped class, 0 to 1, calibrated on areas held out in turn. On land similar to the training areas, about 80 % of the pixels with 0.8 are right.</source>
        <translation>Wahrscheinlichkeit der kartierten Klasse, 0 bis 1, kalibriert an reihum zurückgehaltenen Flächen. Auf Land, das den Trainingsflächen ähnelt, sind etwa 80 % der Pixel mit 0.8 richtig.</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>Klassenwahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Probability of each class, one band per class.</source>
        <translation>Wahrscheinlichkeit jeder Klasse, ein Kanal je Klasse.</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Uncertainty of the class: 0 where one class is certain, 1 where all classes are equally likely.</source>
        <translation>Unsicherheit der Klasse: 0, wenn eine Klasse sicher ist, 1, wenn alle Klassen gleich wahrscheinlich sind.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Vorsprung</translation>
    </message>
    <message>
        <source>Difference between the probabilities of the mapped class and the next one, 0 to 1. Near 0 both are almost equally likely.</source>
        <translation>Differenz zwischen den Wahrscheinlichkeiten der kartierten und der nächsten Klasse, 0 bis 1. Nahe 0 sind beide fast gleich wahrscheinlich.</translation>
    </message>
    <message>
        <source>Area of applicability</source>
        <translation>Anwendbarkeitsbereich</translation>
    </message>
    <message>
        <source>Band 1: dissimilarity of each pixel's spectrum to the training areas. Band 2: 1 inside the area of applicability, 0 outside, where the map is unreliable.</source>
        <translation>Kanal 1: Unähnlichkeit des Spektrums jedes Pixels zu den Trainingsflächen. Kanal 2: 1 innerhalb des Anwendbarkeitsbereichs, 0 außerhalb, wo die Karte unzuverlässig ist.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>File of the trained network, to be used in 'Classify with a model'.</source>
        <translation>Datei des trainierten Netzes, zur Verwendung in „Mit einem Modell klassifizieren“.</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>Genauigkeitsbericht</translation>
    </message>
    <message>
        <source>Expected accuracy of the map and of each class, with plots. The numbers are also written as JSON and CSV files beside it.</source>
        <translation>Zu erwartende Genauigkeit der Karte und jeder Klasse, mit Diagrammen. Die Zahlen werden daneben auch als JSON und CSV geschrieben.</translation>
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
        <source>Trains a network on areas of known cover and writes it to a model file. 'Classify with a model' applies it to this scene and to others of the same sensor.

The model is trained on all areas. The accuracy in the report is measured with models that were each trained without some of the areas and scored on those. Areas in 'Test areas' are only scored and never trained on.</source>
        <translation>Trainiert ein Netz auf Flächen bekannter Bedeckung und schreibt es in eine Modelldatei. „Mit einem Modell klassifizieren“ wendet es auf diese Szene und auf andere desselben Sensors an.

Das Modell wird mit allen Flächen trainiert. Die Genauigkeit im Bericht wird mit Modellen gemessen, die jeweils ohne einen Teil der Flächen trainiert und an diesem bewertet wurden. Flächen in „Testflächen“ werden nur bewertet und nie zum Trainieren verwendet.</translation>
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
        <source>Make a land-cover map with a trained model</source>
        <translation>Eine Landbedeckungskarte mit einem trainierten Modell erstellen</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the training scene or of another one with a trained model.

Bands are matched by wavelength. A cube that lacks bands of the model is refused, and the message lists them. For another sensor, tick 'Interpolate bands'. A warning appears if the values of the scene are far from those of the training scene. Normalising by the statistics of the scene may then help. A model knows only the conditions it was trained on. For another date or sensor, check the map with 'Assess accuracy'.</source>
        <translation>Erstellt mit einem trainierten Modell eine Landbedeckungskarte der Trainingsszene oder einer anderen.

Kanäle werden nach der Wellenlänge zugeordnet. Ein Würfel, dem Kanäle des Modells fehlen, wird abgelehnt, und die Meldung zählt sie auf. Kreuzen Sie für einen anderen Sensor „Kanäle interpolieren“ an. Liegen die Werte der Szene weit von denen der Trainingsszene entfernt, erscheint eine Warnung. Dann kann es helfen, mit der Statistik der Szene zu normalisieren. Ein Modell kennt nur die Bedingungen, unter denen es trainiert wurde. Prüfen Sie bei anderem Datum oder Sensor die Karte mit „Genauigkeit bewerten“.</translation>
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
        <source>Part of the cube to classify, in any CRS. If left empty, the whole cube is classified.</source>
        <translation>Zu klassifizierender Teil des Würfels, in beliebigem KBS. Bleibt es leer, wird der ganze Würfel klassifiziert.</translation>
    </message>
    <message>
        <source>Interpolate bands</source>
        <translation>Kanäle interpolieren</translation>
    </message>
    <message>
        <source>Interpolates the bands of the model from those of another sensor. This is refused for bands outside the range of the sensor or in gaps wider than 30 nm.</source>
        <translation>Interpoliert die Kanäle des Modells aus denen eines anderen Sensors. Das wird abgelehnt, wenn Kanäle außerhalb des Sensorbereichs oder in Lücken von mehr als 30 nm liegen.</translation>
    </message>
    <message>
        <source>model: band statistics of the training scene. scene: statistics of this scene, for another atmosphere or calibration. The scene should have about the same cover.</source>
        <translation>model: Kanalstatistik der Trainingsszene. scene: Statistik dieser Szene, bei anderer Atmosphäre oder Kalibrierung. Die Szene sollte etwa dieselbe Bedeckung haben.</translation>
    </message>
    <message>
        <source>Worker processes</source>
        <translation>Worker-Prozesse</translation>
    </message>
    <message>
        <source>More than one share the tiles of a large scene. Each has one CPU thread and takes up to the memory budget. The files are the same for any number of them, and those of a single process with one CPU thread. A scene of one tile keeps one of them busy.</source>
        <translation>Mehrere teilen sich die Kacheln einer großen Szene. Jeder hat einen CPU-Thread und nimmt höchstens das Speicherbudget. Die Dateien sind für jede Anzahl dieselben, nämlich die eines einzelnen Prozesses mit einem CPU-Thread. Eine Szene aus einer Kachel beschäftigt nur einen.</translation>
    </message>
    <message>
        <source>Classify several cubes with a model</source>
        <translation>Mehrere Würfel mit einem Modell klassifizieren</translation>
    </message>
    <message>
        <source>Make a land-cover map of each of several cubes with one model</source>
        <translation>Von mehreren Würfeln mit einem Modell je eine Landbedeckungskarte erstellen</translation>
    </message>
    <message>
        <source>Makes a land-cover map of each cube in a list with one model, for example of the flight lines of a campaign. The maps are written to a folder as NAME_map.tif and, on request, NAME_confidence.tif, where NAME is the name of the cube's file. A cube that cannot be classified is reported, and the others are still classified. The run fails only if none of the cubes could be classified.</source>
        <translation>Erstellt mit einem Modell von jedem Würfel einer Liste eine Landbedeckungskarte, zum Beispiel von den Flugstreifen einer Kampagne. Die Karten werden als NAME_map.tif und auf Wunsch NAME_confidence.tif in einen Ordner geschrieben; NAME ist der Name der Würfeldatei. Ein Würfel, der nicht klassifiziert werden kann, wird gemeldet, und die anderen werden trotzdem klassifiziert. Der Lauf schlägt nur fehl, wenn kein Würfel klassifiziert werden konnte.</translation>
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
        <source>Probability of the mapped class, 0 to 1.</source>
        <translation>Wahrscheinlichkeit der kartierten Klasse, 0 bis 1.</translation>
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
        <source>Number of maps</source>
        <translation>Anzahl der Karten</translation>
    </message>
    <message>
        <source>Number of cubes not classified</source>
        <translation>Anzahl nicht klassifizierter Würfel</translation>
    </message>
    <message>
        <source>Draw a reference sample</source>
        <translation>Referenzstichprobe ziehen</translation>
    </message>
    <message>
        <source>Draw random points to estimate the accuracy of a whole map</source>
        <translation>Zufällige Punkte ziehen, um die Genauigkeit einer ganzen Karte zu schätzen</translation>
    </message>
    <message>
        <source>Draws random points from a class map. Once you have entered the true cover of each point, 'Assess accuracy' estimates accuracies and class areas of the whole map with their 95 % intervals. The same points can be used for another map of the same place.

The number of points follows from the half width of the interval that you want and from the accuracy that you expect (Cochran; Olofsson et al. 2014, equation 13). A stratified sample draws points in each class of the map. They are allocated to the classes by area, in equal numbers, or as a compromise: rare classes get the minimum, and the others share the rest by area.

To enter the cover, toggle editing of the layer and open the form of each point in the order of the numbers. Choose the class from the list, or 'other' for cover that is not in the map. Judge the cover at the point itself, in a better image or in the field. The class in the map is hidden so that it does not influence you. Do not change the other fields: they record how the points were drawn.</source>
        <translation>Zieht zufällige Punkte aus einer Klassenkarte. Sobald Sie die wahre Bedeckung jedes Punktes eingetragen haben, schätzt „Genauigkeit bewerten“ Genauigkeiten und Klassenflächen der ganzen Karte mit ihren 95-%-Intervallen. Dieselben Punkte lassen sich für eine andere Karte desselben Ortes verwenden.

Die Anzahl der Punkte folgt aus der gewünschten halben Breite des Intervalls und aus der erwarteten Genauigkeit (Cochran; Olofsson et al. 2014, Gleichung 13). Eine geschichtete Stichprobe zieht Punkte in jeder Klasse der Karte. Sie werden nach Fläche, zu gleichen Anzahlen oder als Kompromiss auf die Klassen verteilt: Seltene Klassen erhalten die Mindestzahl, die anderen teilen sich den Rest nach Fläche.

Um die Bedeckung einzutragen, schalten Sie die Bearbeitung des Layers ein und öffnen das Formular jedes Punktes in der Reihenfolge der Nummern. Wählen Sie die Klasse aus der Liste, oder „other“ für Bedeckung, die nicht in der Karte vorkommt. Beurteilen Sie die Bedeckung am Punkt selbst, in einem besseren Bild oder im Gelände. Die Klasse der Karte ist ausgeblendet, damit sie Sie nicht beeinflusst. Ändern Sie die anderen Felder nicht: Sie halten fest, wie die Punkte gezogen wurden.</translation>
    </message>
    <message>
        <source>accuracy,reference,validation,sampling design,random points,stratified,area estimation,Olofsson</source>
        <translation>Genauigkeit,Referenz,Validierung,Stichprobenplan,Zufallspunkte,geschichtet,Flächenschätzung,Olofsson</translation>
    </message>
    <message>
        <source>Raster of class values, as written by the classification algorithms.</source>
        <translation>Raster mit Klassenwerten, wie es die Klassifikationsalgorithmen schreiben.</translation>
    </message>
    <message>
        <source>Half width of the 95 % interval of overall accuracy</source>
        <translation>Halbe Breite des 95-%-Intervalls der Gesamtgenauigkeit</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <translation>Erwartete Genauigkeit</translation>
    </message>
    <message>
        <source>Minimum number of points per class</source>
        <translation>Mindestzahl der Punkte je Klasse</translation>
    </message>
    <message>
        <source>Sampling method</source>
        <translation>Stichprobenverfahren</translation>
    </message>
    <message>
        <source>stratified: random points in each class of the map. simple: random points over the whole map. systematic: a square grid with a random start. Its intervals are those of a simple sample. They are rather too wide, unless the land repeats itself at the distance of the grid.</source>
        <translation>stratified: zufällige Punkte in jeder Klasse der Karte. simple: zufällige Punkte über die ganze Karte. systematic: quadratisches Gitter mit zufälligem Start. Seine Intervalle sind die einer einfachen Stichprobe. Sie sind eher zu breit, außer wenn sich das Land im Abstand des Gitters wiederholt.</translation>
    </message>
    <message>
        <source>As a fraction: 0.05 means 5 percentage points on either side. Values of 1 or more are percentage points. Half the width needs four times as many points.</source>
        <translation>Als Anteil: 0.05 bedeutet 5 Prozentpunkte nach jeder Seite. Werte ab 1 sind Prozentpunkte. Die halbe Breite braucht viermal so viele Punkte.</translation>
    </message>
    <message>
        <source>Expected user's accuracy as a fraction: one value for all classes, or one per class in the order of the class values, separated by commas. A lower value gives more points. 0.5 is safe for any map.</source>
        <translation>Erwartete Nutzergenauigkeit als Anteil: ein Wert für alle Klassen oder einer je Klasse in der Reihenfolge der Klassenwerte, durch Kommas getrennt. Ein niedrigerer Wert ergibt mehr Punkte. 0.5 ist für jede Karte sicher.</translation>
    </message>
    <message>
        <source>Allocation of the points</source>
        <translation>Aufteilung der Punkte</translation>
    </message>
    <message>
        <source>For a stratified sample. compromise: the minimum for rare classes, the rest by area. equal: the same number in each class, best for user's accuracy. proportional: by area, best for overall accuracy.</source>
        <translation>Für eine geschichtete Stichprobe. compromise: Mindestzahl für seltene Klassen, der Rest nach Fläche. equal: gleich viele je Klasse, am besten für die Nutzergenauigkeit. proportional: nach Fläche, am besten für die Gesamtgenauigkeit.</translation>
    </message>
    <message>
        <source>For a stratified sample. If a class has fewer pixels, all of them are drawn. Olofsson et al. (2014) recommend 50 to 100.</source>
        <translation>Für eine geschichtete Stichprobe. Hat eine Klasse weniger Pixel, werden alle gezogen. Olofsson et al. (2014) empfehlen 50 bis 100.</translation>
    </message>
    <message>
        <source>The same seed draws the same points.</source>
        <translation>Derselbe Startwert zieht dieselben Punkte.</translation>
    </message>
    <message>
        <source>Show the class of the map</source>
        <translation>Klasse der Karte zeigen</translation>
    </message>
    <message>
        <source>Adds a field with the class of the map at each point. People tend to agree with what they see, so leave this off if others are to trust the accuracy.</source>
        <translation>Fügt ein Feld mit der Klasse der Karte an jedem Punkt hinzu. Menschen neigen dazu, dem zuzustimmen, was sie sehen. Lassen Sie es daher aus, wenn andere der Genauigkeit vertrauen sollen.</translation>
    </message>
    <message>
        <source>Reference sample</source>
        <translation>Referenzstichprobe</translation>
    </message>
    <message>
        <source>GeoPackage of numbered points with a list of classes to choose from.</source>
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
        <source>Compares a class map with areas of known cover. Writes the confusion matrix, overall and average accuracy, kappa, and producer's and user's accuracy, F1 and IoU of each class. The 95 % intervals treat areas, not pixels, as the sampling units. Classes are matched by name or, if there are no names, by value.

Use areas that the map was not trained on. A class map does not record its training areas. If the reference may overlap them, give them as 'Areas to leave out'. Or give the 'Model that made the map' to be warned of training areas in the reference.

Points from 'Draw a reference sample' are recognised. The report then shows accuracies and class areas in hectares of the whole map with their 95 % intervals, for this map or another one of the same place. If the reference is a random sample from another source, tick 'Reference is a probability sample'. Accuracies and areas are then adjusted after Olofsson et al. (2014). 'Map to compare with' scores a second map on the same reference and tests the difference (McNemar).</source>
        <translation>Vergleicht eine Klassenkarte mit Flächen bekannter Bedeckung. Schreibt die Konfusionsmatrix, Gesamt- und mittlere Genauigkeit, Kappa sowie Produzenten- und Nutzergenauigkeit, F1 und IoU jeder Klasse. Die 95-%-Intervalle behandeln Flächen, nicht Pixel, als Stichprobeneinheiten. Klassen werden nach Namen zugeordnet oder, wenn es keine gibt, nach Werten.

Verwenden Sie Flächen, auf denen die Karte nicht trainiert wurde. Eine Klassenkarte verzeichnet ihre Trainingsflächen nicht. Kann die Referenz sie überlappen, geben Sie sie als „Auszulassende Flächen“ an. Oder geben Sie „Modell, das die Karte erzeugt hat“ an, um vor Trainingsflächen in der Referenz gewarnt zu werden.

Punkte aus „Referenzstichprobe ziehen“ werden erkannt. Der Bericht zeigt dann Genauigkeiten und Klassenflächen in Hektar für die ganze Karte mit ihren 95-%-Intervallen, für diese Karte oder eine andere desselben Ortes. Ist die Referenz eine Zufallsstichprobe aus anderer Quelle, kreuzen Sie „Referenz ist eine Zufallsstichprobe“ an. Genauigkeiten und Flächen werden dann nach Olofsson et al. (2014) angepasst. „Karte zum Vergleich“ bewertet eine zweite Karte an derselben Referenz und testet den Unterschied (McNemar).</translation>
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
        <source>Pixels in these areas are not scored. Usually these are the training areas.</source>
        <translation>Pixel in diesen Flächen werden nicht bewertet. Meist sind es die Trainingsflächen.</translation>
    </message>
    <message>
        <source>Model that made the map</source>
        <translation>Modell, das die Karte erzeugt hat</translation>
    </message>
    <message>
        <source>The model file records its training areas. Reference areas among them make the accuracy too high, and a warning lists them. Areas that were redrawn cannot be recognised.</source>
        <translation>Die Modelldatei verzeichnet ihre Trainingsflächen. Referenzflächen darunter machen die Genauigkeit zu hoch, und eine Warnung zählt sie auf. Neu gezeichnete Flächen werden nicht erkannt.</translation>
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
        <source>Tick only if the reference points were drawn at random, within each class of the map or over the whole map. Areas drawn where it was convenient are not such a sample. Points from 'Draw a reference sample' need no tick.</source>
        <translation>Nur ankreuzen, wenn die Referenzpunkte zufällig gezogen wurden, je Klasse der Karte oder über die ganze Karte. Flächen, die dort gezeichnet wurden, wo es sich anbot, sind keine solche Stichprobe. Punkte aus „Referenzstichprobe ziehen“ brauchen kein Kreuz.</translation>
    </message>
    <message>
        <source>Accuracies with their intervals, for the map and each class.</source>
        <translation>Genauigkeiten mit ihren Intervallen, für die Karte und jede Klasse.</translation>
    </message>
    <message>
        <source>Number of pixels by reference class (rows) and mapped class (columns).</source>
        <translation>Anzahl der Pixel nach Referenzklasse (Zeilen) und kartierter Klasse (Spalten).</translation>
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
        <source>Check a cube and training areas before training</source>
        <translation>Einen Würfel und Trainingsflächen vor dem Training prüfen</translation>
    </message>
    <message>
        <source>Checks a hyperspectral cube and, optionally, training areas, and writes a report. It lists bands and wavelengths, pixels without data, areas and pixels of each class, mean spectra and the separability of the classes. Problems are listed with the ids of the features.

Correct problems before training: areas of different classes that overlap, areas without a class, areas unlike the others of their class, and classes that are too small or too similar. Notes are for your information. Nothing is changed.</source>
        <translation>Prüft einen Hyperspektralwürfel und auf Wunsch Trainingsflächen und schreibt einen Bericht. Er führt Kanäle und Wellenlängen, Pixel ohne Daten, Flächen und Pixel jeder Klasse, mittlere Spektren und die Trennbarkeit der Klassen auf. Probleme werden mit den IDs der Objekte aufgeführt.

Beheben Sie Probleme vor dem Training: Flächen verschiedener Klassen, die sich überlappen, Flächen ohne Klasse, Flächen, die den übrigen ihrer Klasse unähnlich sind, und Klassen, die zu klein oder einander zu ähnlich sind. Hinweise dienen zur Information. Es wird nichts geändert.</translation>
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
        <source>Findings, with tables and mean spectra.</source>
        <translation>Befunde, mit Tabellen und mittleren Spektren.</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>Hat Probleme</translation>
    </message>
    <message>
        <source>Number of problems</source>
        <translation>Anzahl der Probleme</translation>
    </message>
    <message>
        <source>Segment into superpixels</source>
        <translation>In Superpixel zerlegen</translation>
    </message>
    <message>
        <source>Make polygons of similar pixels, to label with a click</source>
        <translation>Polygone aus ähnlichen Pixeln bilden, um sie mit einem Klick zu beschriften</translation>
    </message>
    <message>
        <source>Divides a hyperspectral cube into small polygons of adjacent pixels with similar spectra. Their borders follow the pixels. Together they cover every pixel with data once.

To make training areas without drawing, select polygons with a click and write a class into their field 'class' with the field calculator bar or the attribute table. Then use the layer in 'Classify from training areas' with the class field 'class'. Polygons without a class are ignored there.

Fields: pixels, area_ha, brightness (mean of all values), bright_std (its standard deviation over the pixels), spread (difference between the pixels' spectra, in standard deviations of the scene; large where covers are mixed), neighbours and neighb_ids (polygons that share a side or a corner). A cube larger than the memory budget is processed in blocks, and superpixels end at the edges of the blocks.</source>
        <translation>Zerlegt einen Hyperspektralwürfel in kleine Polygone aus benachbarten Pixeln mit ähnlichen Spektren. Ihre Grenzen folgen den Pixeln. Zusammen bedecken sie jedes Pixel mit Daten einmal.

Um Trainingsflächen ohne Zeichnen zu erstellen, wählen Sie Polygone mit einem Klick aus und schreiben eine Klasse in ihr Feld „class“, mit der Feldrechnerleiste oder in der Attributtabelle. Verwenden Sie den Layer dann in „Aus Trainingsflächen klassifizieren“ mit dem Klassenfeld „class“. Polygone ohne Klasse werden dort nicht verwendet.

Felder: pixels, area_ha, brightness (Mittel aller Werte), bright_std (dessen Standardabweichung über die Pixel), spread (Unterschied zwischen den Spektren der Pixel, in Standardabweichungen der Szene; groß bei gemischter Bedeckung), neighbours und neighb_ids (Polygone mit gemeinsamer Seite oder Ecke). Ein Würfel, der größer als das Speicherbudget ist, wird in Blöcken verarbeitet, und Superpixel enden an den Rändern der Blöcke.</translation>
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
        <translation>Mittlere Anzahl der Pixel in einem Superpixel.</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in standard deviations of the last component.</source>
        <translation>Größere Werte ergeben rundere Superpixel. Es ist der spektrale Abstand, der so viel zählt wie die Seitenlänge eines Superpixels, in Standardabweichungen der letzten Komponente.</translation>
    </message>
    <message>
        <source>Number of principal components of the spectra from which superpixels are made.</source>
        <translation>Anzahl der Hauptkomponenten der Spektren, aus denen Superpixel gebildet werden.</translation>
    </message>
    <message>
        <source>Mean of every band as a field</source>
        <translation>Mittel jedes Kanals als Feld</translation>
    </message>
    <message>
        <source>Adds a field for each band used, called nm_ and the wavelength or band_ and the number. It holds the superpixel's mean of the values in the file.</source>
        <translation>Fügt für jeden verwendeten Kanal ein Feld hinzu: nm_ und die Wellenlänge oder band_ und die Nummer. Es enthält das Mittel des Superpixels von den Werten in der Datei.</translation>
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
        <translation>Anzahl der Superpixel</translation>
    </message>
    <message>
        <source>Suggest areas to label next</source>
        <translation>Flächen zum Beschriften vorschlagen</translation>
    </message>
    <message>
        <source>Show where more training areas would improve a model most</source>
        <translation>Zeigen, wo weitere Trainingsflächen ein Modell am meisten verbessern</translation>
    </message>
    <message>
        <source>Ranks the superpixels of a cube by how much knowing their class would improve a model, and writes the first ones as polygons. High ranks go to superpixels that are large enough, whose two most likely classes are close, and that differ from those ranked above. None overlaps an area that already has a class.

Toggle editing of the layer, open the attribute table or the form of an area, and choose its class from the list. Leave the class empty if you do not know the cover or if the area has several. Then train again with the layer as 'More training areas'. Areas without a class are ignored there. For further suggestions, give the layer as 'Earlier suggestions or more training areas'. Areas left empty are not suggested again, and similar ones rank lower.

Fields: rank, the class to be set (named as in the model's training), predicted and runner_up (the two most likely classes), reason, confidence (calibrated probability of the predicted class, mean over the pixels), margin (difference to the probability of the next class), entropy (0: one class is certain, 1: all classes are equally likely), pixels and area_ha.</source>
        <translation>Ordnet die Superpixel eines Würfels danach, wie sehr die Kenntnis ihrer Klasse ein Modell verbessern würde, und schreibt die ersten als Polygone. Vorn stehen Superpixel, die groß genug sind, deren zwei wahrscheinlichste Klassen nahe beieinander liegen und die sich von den höher eingestuften unterscheiden. Keines überlappt eine Fläche, die schon eine Klasse hat.

Schalten Sie die Bearbeitung des Layers ein, öffnen Sie die Attributtabelle oder das Formular einer Fläche und wählen Sie ihre Klasse aus der Liste. Lassen Sie die Klasse leer, wenn Sie die Bedeckung nicht kennen oder die Fläche mehrere enthält. Trainieren Sie dann erneut mit dem Layer als „Weitere Trainingsflächen“. Flächen ohne Klasse werden dort nicht verwendet. Für weitere Vorschläge geben Sie den Layer als „Frühere Vorschläge oder weitere Trainingsflächen“ an. Leer gelassene Flächen werden nicht wieder vorgeschlagen, und ähnliche rücken nach hinten.

Felder: rank (Rang), die zu setzende Klasse (benannt wie im Training des Modells), predicted und runner_up (die zwei wahrscheinlichsten Klassen), reason (Grund), confidence (kalibrierte Wahrscheinlichkeit der vorhergesagten Klasse, Mittel über die Pixel), margin (Differenz zur Wahrscheinlichkeit der nächsten Klasse), entropy (0: eine Klasse ist sicher, 1: alle Klassen sind gleich wahrscheinlich), pixels und area_ha.</translation>
    </message>
    <message>
        <source>hyperspectral,active learning,uncertainty,sampling,labelling,training areas,superpixels</source>
        <translation>hyperspektral,aktives Lernen,Unsicherheit,Stichprobe,Beschriften,Trainingsflächen,Superpixel</translation>
    </message>
    <message>
        <source>Areas that already have a class</source>
        <translation>Flächen, die schon eine Klasse haben</translation>
    </message>
    <message>
        <source>Usually the training areas. No suggestion overlaps them.</source>
        <translation>Meist die Trainingsflächen. Kein Vorschlag überlappt sie.</translation>
    </message>
    <message>
        <source>Field with the class of these areas. Areas where it is empty are ignored. The suggestions get a field of the same name. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>Feld mit der Klasse dieser Flächen. Flächen, bei denen es leer ist, werden nicht verwendet. Die Vorschläge erhalten ein Feld desselben Namens. Bleibt es leer, wird das Feld verwendet, nach dem der Layer kategorisiert ist, oder sein einziges Textfeld.</translation>
    </message>
    <message>
        <source>Earlier suggestions or more training areas</source>
        <translation>Frühere Vorschläge oder weitere Trainingsflächen</translation>
    </message>
    <message>
        <source>Areas with a class count as labelled. Areas without one are not suggested again, and similar ones rank lower. The class field must have the same name in both layers.</source>
        <translation>Flächen mit einer Klasse gelten als beschriftet. Flächen ohne Klasse werden nicht wieder vorgeschlagen, und ähnliche rücken nach hinten. Das Klassenfeld muss in beiden Layern gleich heißen.</translation>
    </message>
    <message>
        <source>Number of suggestions</source>
        <translation>Anzahl der Vorschläge</translation>
    </message>
    <message>
        <source>A larger number adds suggestions after the others.</source>
        <translation>Eine größere Zahl fügt nach den anderen weitere Vorschläge hinzu.</translation>
    </message>
    <message>
        <source>Mean size of the superpixels. 0 takes that of the model's middle scale.</source>
        <translation>Mittlere Größe der Superpixel. 0 nimmt die des mittleren Maßstabs des Modells.</translation>
    </message>
    <message>
        <source>Suggested areas</source>
        <translation>Vorgeschlagene Flächen</translation>
    </message>
    <message>
        <source>GeoPackage of ranked polygons with a list of classes to choose from.</source>
        <translation>GeoPackage mit nach Rang geordneten Polygonen und einer Klassenliste zur Auswahl.</translation>
    </message>
    <message>
        <source>Number of suggested areas</source>
        <translation>Anzahl der vorgeschlagenen Flächen</translation>
    </message>
    <message>
        <source>Compare two maps</source>
        <translation>Zwei Karten vergleichen</translation>
    </message>
    <message>
        <source>Show what changed from one class map to another, and where</source>
        <translation>Zeigen, was sich von einer Klassenkarte zur anderen geändert hat, und wo</translation>
    </message>
    <message>
        <source>Compares two class maps, of two dates or of two models. Writes a map of the changes ('Corn -&gt; Woods'), the change matrix in pixels and hectares, and a report of the largest changes. Unchanged areas are pale, and changes have strong colours.

Classes are matched by name, or by value if one of the maps has no names. The maps may have different grids or coordinate reference systems. Each pixel of the map before is then compared with the nearest one of the map after, and a warning appears. Pixels without a class in one of the maps are 0 and are not compared.

The result shows how the maps differ, not how the land differs: errors in either map count as changes. Check both maps with 'Assess accuracy'.</source>
        <translation>Vergleicht zwei Klassenkarten zweier Zeitpunkte oder zweier Modelle. Schreibt eine Karte der Änderungen („Mais -&gt; Wald“), die Änderungsmatrix in Pixeln und Hektar und einen Bericht über die größten Änderungen. Unveränderte Flächen sind blass, Änderungen haben kräftige Farben.

Klassen werden nach Namen zugeordnet, oder nach Werten, wenn eine der Karten keine Namen hat. Die Karten dürfen verschiedene Gitter oder Koordinatenbezugssysteme haben. Dann wird jedes Pixel der früheren Karte mit dem nächsten der späteren verglichen, und eine Warnung erscheint. Pixel ohne Klasse in einer der Karten sind 0 und werden nicht verglichen.

Das Ergebnis zeigt, wie sich die Karten unterscheiden, nicht das Land: Fehler in beiden Karten zählen als Änderungen. Prüfen Sie beide Karten mit „Genauigkeit bewerten“.</translation>
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
        <source>One value for each change: the class before and the class after, for example 305 for 3 to 5. If these values would become too large, the changes are numbered.</source>
        <translation>Ein Wert für jede Änderung: die Klasse vorher und die Klasse nachher, zum Beispiel 305 für 3 zu 5. Würden diese Werte zu groß, werden die Änderungen nummeriert.</translation>
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
        <source>Install the Python packages of the engine, separate from those of QGIS</source>
        <translation>Die Python-Pakete der Engine installieren, getrennt von denen von QGIS</translation>
    </message>
    <message>
        <source>Installs the packages of the engine into a separate environment in your user folder. The Python of QGIS is not changed. A network connection is needed. The installation takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card. If it was cancelled or interrupted, run it again to continue.

You do not need it if you choose a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net. 'Remove the engine' frees the space again.</source>
        <translation>Installiert die Pakete der Engine in eine eigene Umgebung in Ihrem Benutzerordner. Das Python von QGIS wird nicht geändert. Eine Netzwerkverbindung ist nötig. Die Installation braucht einige Minuten und etwa 1.5 GB Speicherplatz, mit einer NVIDIA-Karte mehrere GB. Wurde sie abgebrochen oder unterbrochen, starten Sie sie erneut, um fortzufahren.

Sie brauchen sie nicht, wenn Sie unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Anbieter &gt; MIAF-Net ein Python wählen, das die Pakete hat. „Engine entfernen“ gibt den Platz wieder frei.</translation>
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
        <source>Python 3.10 or newer from which the environment is made. If left empty, that of QGIS is used or, if it is too old, the newest one found.</source>
        <translation>Python 3.10 oder neuer, aus dem die Umgebung erstellt wird. Bleibt es leer, wird das von QGIS verwendet oder, falls es zu alt ist, das neueste gefundene.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>Build of torch. auto: looks for an NVIDIA card and its driver. cpu: the smaller build. cuda: also checks that the engine finds a card.</source>
        <translation>Variante von torch. auto: sucht eine NVIDIA-Karte und ihren Treiber. cpu: die kleinere Variante. cuda: prüft auch, ob die Engine eine Karte findet.</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Ordner mit Wheels</translation>
    </message>
    <message>
        <source>Folder with wheel files, to install without a network connection.</source>
        <translation>Ordner mit Wheel-Dateien, um ohne Netzwerkverbindung zu installieren.</translation>
    </message>
    <message>
        <source>Extra package index</source>
        <translation>Zusätzlicher Paketindex</translation>
    </message>
    <message>
        <source>URL of the package index for another build of torch, for example for a certain CUDA version. The installation page of PyTorch lists them.</source>
        <translation>Adresse des Paketindex für eine andere Variante von torch, zum Beispiel für eine bestimmte CUDA-Version. Die Installationsseite von PyTorch führt sie auf.</translation>
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
        <source>Free the disk space used by the packages of the engine</source>
        <translation>Den von den Paketen der Engine belegten Speicherplatz freigeben</translation>
    </message>
    <message>
        <source>Removes the packages installed by 'Set up the engine', including those of older versions, and the log files of the runs. Your maps and models are kept, and so is a Python that you chose in the options. To use the engine again, run 'Set up the engine'.</source>
        <translation>Entfernt die von „Engine einrichten“ installierten Pakete, auch die älterer Versionen, und die Protokolldateien der Läufe. Ihre Karten und Modelle bleiben erhalten, ebenso ein Python, das Sie in den Optionen gewählt haben. Um die Engine wieder zu verwenden, starten Sie „Engine einrichten“.</translation>
    </message>
    <message>
        <source>uninstall,remove,disk space,environment,logs</source>
        <translation>deinstallieren,entfernen,Speicherplatz,Umgebung,Protokolle</translation>
    </message>
    <message>
        <source>Remove the logs</source>
        <translation>Protokolle entfernen</translation>
    </message>
    <message>
        <source>Removes the log files of the runs. Other files in their folder are kept.</source>
        <translation>Entfernt die Protokolldateien der Läufe. Andere Dateien in ihrem Ordner bleiben erhalten.</translation>
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
        <source>Lists the versions of QGIS, Python and the engine's packages, the Python that runs the engine, and the devices it finds. Add the text to a bug report. Your home folder is shown as ~ and your user name as USER.</source>
        <translation>Führt die Versionen von QGIS, Python und den Paketen der Engine auf, das Python, das die Engine ausführt, und die gefundenen Geräte. Fügen Sie den Text einer Fehlermeldung bei. Ihr Benutzerordner erscheint als ~ und Ihr Benutzername als USER.</translation>
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
        <source>The text shown in the log, to copy into a bug report.</source>
        <translation>Der Text aus dem Protokoll, zum Kopieren in eine Fehlermeldung.</translation>
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
        <source>Opens the Indian Pines scene that comes with the plugin: a small hyperspectral cube, training areas and test areas. It is copied to your user folder, so you can edit it freely. Then run 'Classify from training areas' with the class field 'cover'.</source>
        <translation>Öffnet die mitgelieferte Szene Indian Pines: einen kleinen Hyperspektralwürfel, Trainingsflächen und Testflächen. Sie wird in Ihren Benutzerordner kopiert und kann frei bearbeitet werden. Starten Sie dann „Aus Trainingsflächen klassifizieren“ mit dem Klassenfeld „cover“.</translation>
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
        <source>Convert a scene from MATLAB or NumPy files to rasters and areas</source>
        <translation>Eine Szene aus MATLAB- oder NumPy-Dateien in Raster und Flächen umwandeln</translation>
    </message>
    <message>
        <source>Scenes from the literature, such as Indian Pines, Salinas or Pavia University, are published as arrays in .mat or .npy files. This algorithm converts them to a hyperspectral cube that QGIS can open, a label raster, and areas with the text field 'class', one for each connected region of labels.

Then run 'Classify from training areas' with the cube, the areas and the class field 'class'. Whole regions are held out to measure accuracy. A class with one region is divided, which makes its accuracy too high.

Arrays have no location. Without an origin the rasters have no georeference, and QGIS draws them from 0,0 downwards in pixels. The areas match them.</source>
        <translation>Szenen aus der Literatur, wie Indian Pines, Salinas oder Pavia University, werden als Arrays in .mat- oder .npy-Dateien veröffentlicht. Dieser Algorithmus wandelt sie in einen Hyperspektralwürfel um, den QGIS öffnen kann, in ein Label-Raster und in Flächen mit dem Textfeld „class“, eine je zusammenhängender Region der Labels.

Starten Sie dann „Aus Trainingsflächen klassifizieren“ mit dem Würfel, den Flächen und dem Klassenfeld „class“. Zum Messen der Genauigkeit werden ganze Regionen zurückgehalten. Eine Klasse mit nur einer Region wird geteilt, was ihre Genauigkeit zu hoch macht.

Arrays haben keinen Ort. Ohne Ursprung haben die Raster keine Georeferenz, und QGIS zeichnet sie von 0,0 abwärts in Pixeln. Die Flächen passen dazu.</translation>
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
        <source>Name of the array in a MATLAB file. If left empty, the only array with three axes is used.</source>
        <translation>Name des Arrays in einer MATLAB-Datei. Bleibt er leer, wird das einzige Array mit drei Achsen verwendet.</translation>
    </message>
    <message>
        <source>Array file of the labels</source>
        <translation>Array-Datei der Labels</translation>
    </message>
    <message>
        <source>MATLAB or NumPy file with the class number of each pixel, 0 where it is not known. Or with abundances, one layer per class.</source>
        <translation>MATLAB- oder NumPy-Datei mit der Klassennummer jedes Pixels, 0 wo sie nicht bekannt ist. Oder mit Anteilen (Abundanzen), eine Ebene je Klasse.</translation>
    </message>
    <message>
        <source>Array of the labels</source>
        <translation>Array der Labels</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array that fits the cube is used. With a name but no labels file, the array is read from the cube's file.</source>
        <translation>Name des Arrays in einer MATLAB-Datei. Bleibt er leer, wird das einzige Array verwendet, das zum Würfel passt. Mit Namen, aber ohne Label-Datei wird das Array aus der Würfeldatei gelesen.</translation>
    </message>
    <message>
        <source>List of class names</source>
        <translation>Liste der Klassennamen</translation>
    </message>
    <message>
        <source>Text file with one line per class: value and name, for example '10 Corn', or names only, in the order of the values.</source>
        <translation>Textdatei mit einer Zeile je Klasse: Wert und Name, zum Beispiel „10 Mais“, oder nur Namen in der Reihenfolge der Werte.</translation>
    </message>
    <message>
        <source>List of wavelengths</source>
        <translation>Liste der Wellenlängen</translation>
    </message>
    <message>
        <source>Text or CSV file with one wavelength per line, or with the column 'wavelength' and optionally 'fwhm'. Also an AVIRIS .spc file or an .npy file. Values in nanometres or micrometres.</source>
        <translation>Text- oder CSV-Datei mit einer Wellenlänge je Zeile oder mit der Spalte „wavelength“ und wahlweise „fwhm“. Auch eine AVIRIS-Datei .spc oder eine .npy-Datei. Werte in Nanometern oder Mikrometern.</translation>
    </message>
    <message>
        <source>Bands in the list that the cube lacks</source>
        <translation>Kanäle der Liste, die dem Würfel fehlen</translation>
    </message>
    <message>
        <source>Band numbers from 1, for example 104-108,150-163,220. Needed if the list has all bands of the sensor and noisy ones were removed from the cube.</source>
        <translation>Kanalnummern ab 1, zum Beispiel 104-108,150-163,220. Nötig, wenn die Liste alle Kanäle des Sensors enthält und verrauschte aus dem Würfel entfernt wurden.</translation>
    </message>
    <message>
        <source>Order of the axes</source>
        <translation>Reihenfolge der Achsen</translation>
    </message>
    <message>
        <source>auto: derived from the shape of the labels, otherwise rows,columns,bands.</source>
        <translation>auto: aus der Form der Labels abgeleitet, sonst rows,columns,bands.</translation>
    </message>
    <message>
        <source>Number of rows, if the image is a list of pixels</source>
        <translation>Anzahl der Zeilen, wenn das Bild eine Liste von Pixeln ist</translation>
    </message>
    <message>
        <source>Needed only for a cube with two axes, pixels and bands. Otherwise 0.</source>
        <translation>Nur bei einem Würfel mit zwei Achsen nötig, Pixel und Kanäle. Sonst 0.</translation>
    </message>
    <message>
        <source>Number of columns, if the image is a list of pixels</source>
        <translation>Anzahl der Spalten, wenn das Bild eine Liste von Pixeln ist</translation>
    </message>
    <message>
        <source>As for the rows.</source>
        <translation>Wie bei den Zeilen.</translation>
    </message>
    <message>
        <source>Order of the pixels in the list</source>
        <translation>Reihenfolge der Pixel in der Liste</translation>
    </message>
    <message>
        <source>F: column by column, as in MATLAB. C: row by row.</source>
        <translation>F: Spalte für Spalte, wie in MATLAB. C: Zeile für Zeile.</translation>
    </message>
    <message>
        <source>Minimum abundance of a class (%)</source>
        <translation>Mindestanteil einer Klasse (%)</translation>
    </message>
    <message>
        <source>If the labels are abundances: pixels with at least this abundance belong to the class.</source>
        <translation>Wenn die Labels Anteile (Abundanzen) sind: Pixel mit mindestens diesem Anteil gehören zur Klasse.</translation>
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
        <source>Used only with an origin. If left empty, the rasters have no CRS.</source>
        <translation>Wird nur mit einem Ursprung verwendet. Bleibt es leer, haben die Raster kein KBS.</translation>
    </message>
    <message>
        <source>Origin (upper left corner)</source>
        <translation>Ursprung (obere linke Ecke)</translation>
    </message>
    <message>
        <source>x,y of the upper left corner of the image. If left empty, the rasters have no georeference.</source>
        <translation>x,y der oberen linken Bildecke. Bleibt es leer, haben die Raster keine Georeferenz.</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>Pixelgröße</translation>
    </message>
    <message>
        <source>One number, or width,height, in units of the CRS.</source>
        <translation>Eine Zahl oder Breite,Höhe, in Einheiten des KBS.</translation>
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
        <source>Add the names and colours of a class map's legend to its polygons</source>
        <translation>Den Polygonen einer Klassenkarte Namen und Farben aus deren Legende hinzufügen</translation>
    </message>
    <message>
        <source>Adds the fields 'class' and 'colour' to polygons made from a class map, for example with 'Polygonise'. They hold the name and colour of the polygon's value in the legend of the map. Polygons whose value is not in the legend get empty fields. The layer is shown in the colours of the map.</source>
        <translation>Fügt Polygonen, die zum Beispiel mit „Vektorisieren“ aus einer Klassenkarte erstellt wurden, die Felder „class“ und „colour“ hinzu. Sie enthalten den Namen und die Farbe, die der Wert des Polygons in der Legende der Karte hat. Polygone, deren Wert nicht in der Legende steht, erhalten leere Felder. Der Layer wird in den Farben der Karte dargestellt.</translation>
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
        <source>GDAL's 'Polygonise' calls it DN.</source>
        <translation>„Vektorisieren“ von GDAL nennt es DN.</translation>
    </message>
    <message>
        <source>Map from which the polygons were made. Its legend is used.</source>
        <translation>Karte, aus der die Polygone erstellt wurden. Ihre Legende wird verwendet.</translation>
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
        <source>Text or number that names the class.</source>
        <translation>Text oder Zahl, die die Klasse benennt.</translation>
    </message>
    <message>
        <source>Passes over the training areas; 150 suits most scenes.</source>
        <translation>Durchläufe über die Trainingsflächen; 150 passt für die meisten Szenen.</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:N or mps.</source>
        <translation>auto, cpu, cuda:N oder mps.</translation>
    </message>
    <message>
        <source>Smallest patch (pixels)</source>
        <translation>Kleinster Fleck (Pixel)</translation>
    </message>
    <message>
        <source>Smaller patches take the class of their largest neighbour; 1 keeps all.</source>
        <translation>Kleinere Flecken bekommen die Klasse ihres größten Nachbarn; 1 behält alle.</translation>
    </message>
    <message>
        <source>Land-cover polygons</source>
        <translation>Polygone der Landbedeckung</translation>
    </message>
    <message>
        <source>Cubes to classify</source>
        <translation>Zu klassifizierende Würfel</translation>
    </message>
    <message>
        <source>Cubes of the same sensor, the first one among them if it is to be mapped too.</source>
        <translation>Würfel desselben Sensors, darunter der erste, wenn auch er kartiert werden soll.</translation>
    </message>
    <message>
        <source>Areas of known cover that the model has not seen.</source>
        <translation>Flächen bekannter Bedeckung, die das Modell nicht gesehen hat.</translation>
    </message>
    <message>
        <source>Field with the names of the classes, as in the training.</source>
        <translation>Feld mit den Namen der Klassen, wie beim Training.</translation>
    </message>
    <message>
        <source>Of the 95 % interval, as a fraction: 0.05 for 5 percentage points.</source>
        <translation>Des 95-%-Intervalls, als Anteil: 0.05 für 5 Prozentpunkte.</translation>
    </message>
    <message>
        <source>Olofsson et al. (2014) advise 50 to 100.</source>
        <translation>Olofsson et al. (2014) raten zu 50 bis 100.</translation>
    </message>
    <message>
        <source>Python that runs the engine (empty: found automatically)</source>
        <translation>Python, das die Engine ausführt (leer: wird automatisch gefunden)</translation>
    </message>
    <message>
        <source>Device used for auto</source>
        <translation>Gerät für auto</translation>
    </message>
    <message>
        <source>Memory budget (MiB) used for 0 (0: automatic)</source>
        <translation>Speicherbudget (MiB) für 0 (0: automatisch)</translation>
    </message>
    <message>
        <source>Threads of the engine (0: automatic)</source>
        <translation>Threads der Engine (0: automatisch)</translation>
    </message>
    <message>
        <source>Folder for log files (empty: user folder)</source>
        <translation>Ordner für Protokolldateien (leer: Benutzerordner)</translation>
    </message>
    <message>
        <source>The run is not finished. Stop it?</source>
        <translation>Der Lauf ist nicht fertig. Abbrechen?</translation>
    </message>
    <message>
        <source>If not, it continues in the background and is shown in the list of tasks at the bottom of the QGIS window. A training that is stopped continues where it was when you run it again.</source>
        <translation>Andernfalls läuft er im Hintergrund weiter und erscheint in der Aufgabenliste unten im QGIS-Fenster. Ein abgebrochenes Training setzt beim nächsten Lauf dort fort, wo es stand.</translation>
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
        <source>MIAF-Net needs its engine: 1.5 GB or more, a few minutes.</source>
        <translation>MIAF-Net braucht seine Engine: ab 1.5 GB, einige Minuten.</translation>
    </message>
    <message>
        <source>Open a copy in the model designer…</source>
        <translation>Eine Kopie im Modelldesigner öffnen…</translation>
    </message>
    <message>
        <source>The project is not saved yet. Its areas are in a folder of your profile. Save the project to keep them beside it.</source>
        <translation>Das Projekt ist noch nicht gespeichert. Seine Flächen liegen in einem Ordner Ihres Profils. Speichern Sie das Projekt, um sie daneben zu haben.</translation>
    </message>
    <message>
        <source>The areas are saved in {name}.</source>
        <translation>Die Flächen sind in {name} gespeichert.</translation>
    </message>
    <message>
        <source>The training areas cannot be read from '{path}'. Put the file back and open the project again, or remove the layer '{name}' from the project to draw new areas.</source>
        <translation>Die Trainingsflächen können nicht aus „{path}“ gelesen werden. Legen Sie die Datei zurück und öffnen Sie das Projekt erneut, oder entfernen Sie den Layer „{name}“ aus dem Projekt, um neue Flächen zu zeichnen.</translation>
    </message>
    <message>
        <source>Areas cannot be stored in the layer '{name}': it is read-only, or its class field '{field}' is not a text field of its file. Choose another layer with the button beside the colours.</source>
        <translation>In den Layer „{name}“ können keine Flächen gespeichert werden: Er ist schreibgeschützt, oder sein Klassenfeld „{field}“ ist kein Textfeld seiner Datei. Wählen Sie mit der Schaltfläche neben den Farben einen anderen Layer.</translation>
    </message>
    <message>
        <source>The class field '{field}' of layer '{layer}' holds {count} characters at most, so that it cannot store '{name}'. Choose a shorter name, or another layer with the button beside the colours.</source>
        <translation>Das Klassenfeld „{field}“ des Layers „{layer}“ fasst höchstens {count} Zeichen und kann daher „{name}“ nicht speichern. Wählen Sie einen kürzeren Namen oder mit der Schaltfläche neben den Farben einen anderen Layer.</translation>
    </message>
    <message>
        <source>The training areas cannot be stored in '{path}': {reason}</source>
        <translation>Die Trainingsflächen können nicht in „{path}“ gespeichert werden: {reason}</translation>
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
        <translation>Pixel des Würfels in den Trainingsflächen</translation>
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
        <source>There is already a class '{name}'.</source>
        <translation>Die Klasse „{name}“ gibt es schon.</translation>
    </message>
    <message>
        <source>MIAF-Net panel</source>
        <translation>MIAF-Net-Bedienfeld</translation>
    </message>
    <message>
        <source>Draw training areas and map a hyperspectral cube</source>
        <translation>Trainingsflächen zeichnen und einen Hyperspektralwürfel kartieren</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because no area could be held out of the training. Draw several areas of each class, each of several pixels.</source>
        <translation>Die Genauigkeit dieser Karte wurde nicht gemessen, weil keine Fläche vom Training zurückgehalten werden konnte. Zeichnen Sie mehrere Flächen jeder Klasse mit jeweils mehreren Pixeln.</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because the model from which it continues was trained on all areas. Train from the beginning to measure it.</source>
        <translation>Die Genauigkeit dieser Karte wurde nicht gemessen, weil das Modell, von dem sie ausgeht, mit allen Flächen trainiert wurde. Trainieren Sie von vorn, um sie zu messen.</translation>
    </message>
    <message>
        <source>{share} % of the map is unlike all training areas.</source>
        <translation>{share} % der Karte sind allen Trainingsflächen unähnlich.</translation>
    </message>
    <message>
        <source>Draw areas</source>
        <translation>Flächen zeichnen</translation>
    </message>
    <message>
        <source>Draw areas of the current class: click the corners and finish with a right click, or hold the button and draw around the area.</source>
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
        <source>The cube is divided into superpixels. Click those that you know.</source>
        <translation>Der Würfel ist in Superpixel zerlegt. Klicken Sie die an, die Sie kennen.</translation>
    </message>
    <message>
        <source>Open a hyperspectral cube, or the demo scene from the menu.</source>
        <translation>Öffnen Sie einen Hyperspektralwürfel oder aus dem Menü die Demoszene.</translation>
    </message>
    <message>
        <source>Add a class, then draw areas where you know the cover.</source>
        <translation>Fügen Sie eine Klasse hinzu und zeichnen Sie Flächen, deren Bedeckung Sie kennen.</translation>
    </message>
    <message>
        <source>Draw areas of at least two classes, several of each.</source>
        <translation>Zeichnen Sie Flächen von mindestens zwei Klassen, jeweils mehrere.</translation>
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
        <source>Wait until the run has ended, then make the superpixels.</source>
        <translation>Warten Sie, bis der Lauf beendet ist, und bilden Sie dann die Superpixel.</translation>
    </message>
    <message>
        <source>The area is outside the cube and was not added.</source>
        <translation>Die Fläche liegt außerhalb des Würfels und wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>Update map</source>
        <translation>Karte aktualisieren</translation>
    </message>
    <message>
        <source>Suggest where to draw next</source>
        <translation>Nächste Flächen vorschlagen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Continue from the last model</source>
        <translation>Vom letzten Modell aus weitertrainieren</translation>
    </message>
    <message>
        <source>Takes a fraction of the time. The accuracy is not measured, because the model was trained on all areas.</source>
        <translation>Braucht einen Bruchteil der Zeit. Die Genauigkeit wird nicht gemessen, weil das Modell mit allen Flächen trainiert wurde.</translation>
    </message>
    <message>
        <source>Quick look: {n} epochs</source>
        <translation>Schneller Blick: {n} Epochen</translation>
    </message>
    <message>
        <source>Standard: {n} epochs</source>
        <translation>Standard: {n} Epochen</translation>
    </message>
    <message>
        <source>Best: {n} epochs</source>
        <translation>Am besten: {n} Epochen</translation>
    </message>
    <message>
        <source>Open the dialog with these values…</source>
        <translation>Dialog mit diesen Werten öffnen…</translation>
    </message>
    <message>
        <source>Copy the last run</source>
        <translation>Den letzten Lauf kopieren</translation>
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
        <source>Suggested areas: {count}. The first one is in view. Draw there if you know the cover.</source>
        <translation>Vorgeschlagene Flächen: {count}. Die erste ist im Bild. Zeichnen Sie dort, wenn Sie die Bedeckung kennen.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The run failed: {reason}</source>
        <translation>Der Lauf ist fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>There is no algorithm '{name}'. Is the plugin Processing enabled?</source>
        <translation>Es gibt keinen Algorithmus „{name}“. Ist das Plugin Verarbeitung (Processing) aktiviert?</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Its accuracy was not measured: no pixels were held out.</source>
        <translation>Ihre Genauigkeit wurde nicht gemessen: Es wurden keine Pixel zurückgehalten.</translation>
    </message>
    <message>
        <source>Its accuracy was not measured.</source>
        <translation>Ihre Genauigkeit wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right.</source>
        <translation>Etwa {share} % der Karte dürften stimmen.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right (95 % interval {low} to {high} %).</source>
        <translation>Etwa {share} % der Karte dürften stimmen (95-%-Intervall {low} bis {high} %).</translation>
    </message>
    <message>
        <source>The accuracy of the map was not measured.</source>
        <translation>Die Genauigkeit der Karte wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>Land cover of {cube}, classified by MIAF-Net.</source>
        <translation>Landbedeckung von {cube}, klassifiziert mit MIAF-Net.</translation>
    </message>
    <message>
        <source>Overall accuracy {value} %. {definition}</source>
        <translation>Gesamtgenauigkeit {value} %. {definition}</translation>
    </message>
    <message>
        <source>The model's accuracy on its training scene {scene}: {accuracy}</source>
        <translation>Genauigkeit des Modells auf seiner Trainingsszene {scene}: {accuracy}</translation>
    </message>
    <message>
        <source>Trained on {areas} and classified {cube}</source>
        <translation>Trainiert auf {areas} und {cube} klassifiziert</translation>
    </message>
    <message>
        <source>Classified {cube}</source>
        <translation>{cube} klassifiziert</translation>
    </message>
    <message>
        <source>Model file: {name}</source>
        <translation>Modelldatei: {name}</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} %</source>
        <translation>Genauigkeit: etwa {share} %</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} % ({low} to {high} %)</source>
        <translation>Genauigkeit: etwa {share} % ({low} bis {high} %)</translation>
    </message>
    <message>
        <source>Expected accuracy: not measured</source>
        <translation>Genauigkeit: nicht gemessen</translation>
    </message>
    <message>
        <source>{text}, often too high</source>
        <translation>{text}, oft zu hoch</translation>
    </message>
    <message>
        <source>Swipe map</source>
        <translation>Karte wischen</translation>
    </message>
    <message>
        <source>Suggest areas</source>
        <translation>Flächen vorschlagen</translation>
    </message>
    <message>
        <source>Compare a map with what lies below it: drag the line. A right click turns it.</source>
        <translation>Eine Karte mit dem vergleichen, was darunter liegt: die Linie ziehen. Ein Rechtsklick dreht sie.</translation>
    </message>
    <message>
        <source>Choose a raster that lies above another layer first.</source>
        <translation>Wählen Sie zuerst ein Raster, das über einem anderen Layer liegt.</translation>
    </message>
    <message>
        <source>Use as training areas</source>
        <translation>Als Trainingsflächen verwenden</translation>
    </message>
    <message>
        <source>No editable polygon layer with its classes in a text field</source>
        <translation>Kein bearbeitbarer Polygonlayer mit seinen Klassen in einem Textfeld</translation>
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
        <translation>Gerät aus den Optionen: {name}</translation>
    </message>
    <message>
        <source>Memory budget from the options: {n} MiB</source>
        <translation>Speicherbudget aus den Optionen: {n} MiB</translation>
    </message>
    <message>
        <source>The extent '{value}' cannot be read. Write it as xmin,xmax,ymin,ymax [CRS].</source>
        <translation>Die Ausdehnung „{value}“ ist nicht lesbar. Schreiben Sie xmin,xmax,ymin,ymax [KBS].</translation>
    </message>
    <message>
        <source>No cube was classified. See the messages above.</source>
        <translation>Kein Würfel wurde klassifiziert. Siehe die Meldungen oben.</translation>
    </message>
    <message>
        <source>'{name}' was not classified: {reason}</source>
        <translation>„{name}“ wurde nicht klassifiziert: {reason}</translation>
    </message>
    <message>
        <source>The engine returned results for {found} of {count} cubes. Run 'Set up the engine' again, and then repeat this run.</source>
        <translation>Die Engine hat Ergebnisse für {found} von {count} Würfeln geliefert. Starten Sie „Engine einrichten“ erneut und wiederholen Sie dann diesen Lauf.</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be made: {reason}. Choose another one.</source>
        <translation>Der Ordner „{folder}“ kann nicht angelegt werden: {reason}. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Changes (miaf)</source>
        <translation>Änderungen (miaf)</translation>
    </message>
    <message>
        <source>'Map before' and 'Map after' are the same file. Choose another one.</source>
        <translation>„Karte vorher“ und „Karte nachher“ sind dieselbe Datei. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>The demo file '{path}' is missing. Install the plugin again.</source>
        <translation>Die Demodatei „{path}“ fehlt. Installieren Sie das Plugin neu.</translation>
    </message>
    <message>
        <source>The demo scene cannot be copied to {folder}: {reason}.</source>
        <translation>Die Demoszene kann nicht nach {folder} kopiert werden: {reason}.</translation>
    </message>
    <message>
        <source>Reference sample (miaf)</source>
        <translation>Referenzstichprobe (miaf)</translation>
    </message>
    <message>
        <source>The expected accuracy '{text}' is neither a number nor a list of numbers. Write for example 0.8, or 0.7,0.9,0.85.</source>
        <translation>Die erwartete Genauigkeit „{text}“ ist weder eine Zahl noch eine Liste von Zahlen. Schreiben Sie zum Beispiel 0.8 oder 0.7,0.9,0.85.</translation>
    </message>
    <message>
        <source>{scene}, labels</source>
        <translation>{scene}, Labels</translation>
    </message>
    <message>
        <source>{scene}, areas</source>
        <translation>{scene}, Flächen</translation>
    </message>
    <message>
        <source>There is no file '{path}'. Check '{title}'.</source>
        <translation>Es gibt keine Datei „{path}“. Prüfen Sie „{title}“.</translation>
    </message>
    <message>
        <source>The pixel size '{text}' is neither one number nor two. Write for example 30, or 30,20.</source>
        <translation>Die Pixelgröße „{text}“ besteht weder aus einer noch aus zwei Zahlen. Schreiben Sie zum Beispiel 30 oder 30,20.</translation>
    </message>
    <message>
        <source>Feature {number} of layer '{name}' cannot be written to '{path}' ({reason}). Choose another output, for example a new GeoPackage.</source>
        <translation>Objekt {number} des Layers „{name}“ kann nicht nach „{path}“ geschrieben werden ({reason}). Wählen Sie eine andere Ausgabe, zum Beispiel ein neues GeoPackage.</translation>
    </message>
    <message>
        <source>Raster '{name}' has no legend of classes. Choose a class map, for example from 'Classify with a model'.</source>
        <translation>Raster „{name}“ hat keine Legende von Klassen. Wählen Sie eine Klassenkarte, zum Beispiel aus „Mit einem Modell klassifizieren“.</translation>
    </message>
    <message>
        <source>{n} MB were freed.</source>
        <translation>{n} MB wurden freigegeben.</translation>
    </message>
    <message>
        <source>Starting the engine for the first time</source>
        <translation>Die Engine wird zum ersten Mal gestartet</translation>
    </message>
    <message>
        <source>There is an NVIDIA card, but the engine computes on the CPU. Update the driver, or run this again with 'Compute on' set to cuda.</source>
        <translation>Es gibt eine NVIDIA-Karte, aber die Engine rechnet auf dem Prozessor. Aktualisieren Sie den Treiber, oder starten Sie dies erneut und setzen „Rechnen auf“ auf cuda.</translation>
    </message>
    <message>
        <source>The engine is ready: {python}</source>
        <translation>Die Engine ist bereit: {python}</translation>
    </message>
    <message>
        <source>NVIDIA card: {card}; build of torch: {build}</source>
        <translation>NVIDIA-Karte: {card}; Variante von torch: {build}</translation>
    </message>
    <message>
        <source>The environment lacks {names}. Run this again.</source>
        <translation>Der Umgebung fehlt {names}. Starten Sie dies erneut.</translation>
    </message>
    <message>
        <source>The engine works but finds no NVIDIA card, only '{device}'. Update the driver, enter the index of a CUDA build as 'Extra package index', or run this again with 'Compute on' set to auto.</source>
        <translation>Die Engine funktioniert, findet aber keine NVIDIA-Karte, nur „{device}“. Aktualisieren Sie den Treiber, geben Sie den Index einer CUDA-Variante als „Zusätzlicher Paketindex“ an, oder starten Sie dies erneut und setzen „Rechnen auf“ auf auto.</translation>
    </message>
    <message>
        <source>Python {version}: {python}</source>
        <translation>Python {version}: {python}</translation>
    </message>
    <message>
        <source>none with a driver</source>
        <translation>keine mit Treiber</translation>
    </message>
    <message>
        <source>The environment cannot be written: {reason}.</source>
        <translation>Die Umgebung kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Suggested areas (miaf)</source>
        <translation>Vorgeschlagene Flächen (miaf)</translation>
    </message>
    <message>
        <source>Superpixels (miaf)</source>
        <translation>Superpixel (miaf)</translation>
    </message>
    <message>
        <source>Show cube '{name}' as:</source>
        <translation>Würfel „{name}“ darstellen als:</translation>
    </message>
    <message>
        <source>Show cube as</source>
        <translation>Würfel darstellen als</translation>
    </message>
    <message>
        <source>Select a hyperspectral cube in the layer tree first.</source>
        <translation>Wählen Sie zuerst einen Hyperspektralwürfel im Layerbaum aus.</translation>
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
        <source>Before the first epoch the cube is read.</source>
        <translation>Vor der ersten Epoche wird der Würfel gelesen.</translation>
    </message>
    <message>
        <source>A coarse map by the training as it is now</source>
        <translation>Eine grobe Karte nach dem jetzigen Stand des Trainings</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have.</source>
        <translation>Das Diagramm braucht das Python-Paket matplotlib, das dieses QGIS nicht hat.</translation>
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
        <source>The change could not be written to the layer '{name}': {reason}. Check that its file is not read-only or open in another program, and that the disk is not full. Then try again.</source>
        <translation>Die Änderung konnte nicht in den Layer „{name}“ geschrieben werden: {reason}. Prüfen Sie, dass seine Datei weder schreibgeschützt noch in einem anderen Programm geöffnet ist und der Datenträger nicht voll ist. Versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>kein Grund wurde genannt</translation>
    </message>
    <message>
        <source>The engine's answer cannot be used: '{key}' is {value}. The engine may be of another release than the plugin. Run 'Set up the engine' again.</source>
        <translation>Die Antwort der Engine ist nicht verwendbar: „{key}“ ist {value}. Vielleicht ist die Engine von einer anderen Version als das Plugin. Starten Sie „Engine einrichten“ erneut.</translation>
    </message>
    <message>
        <source>The engine wrote '{path}', but the file is missing. It may have been moved or deleted, or its drive may be disconnected. Run it again.</source>
        <translation>Die Engine hat „{path}“ geschrieben, aber die Datei fehlt. Vielleicht wurde sie verschoben oder gelöscht, oder ihr Laufwerk ist getrennt. Starten Sie den Lauf erneut.</translation>
    </message>
    <message>
        <source>Installing packages, which takes several minutes the first time</source>
        <translation>Pakete werden installiert, was beim ersten Mal einige Minuten dauert</translation>
    </message>
    <message>
        <source>The packages cannot be installed. Check the network connection, the proxy of QGIS and the free disk space, or choose a 'Folder of wheels'. Packages that are already installed are kept.</source>
        <translation>Die Pakete können nicht installiert werden. Prüfen Sie die Netzwerkverbindung, den Proxy von QGIS und den freien Speicherplatz, oder wählen Sie einen „Ordner mit Wheels“. Bereits installierte Pakete bleiben erhalten.</translation>
    </message>
    <message>
        <source>uv cannot be installed.</source>
        <translation>uv kann nicht installiert werden.</translation>
    </message>
    <message>
        <source>{python} cannot make a virtual environment. On Debian and Ubuntu, install the package python3-venv. On other systems, choose a Python 3.10 or newer from python.org or conda as 'Python'.</source>
        <translation>{python} kann keine virtuelle Umgebung erstellen. Installieren Sie unter Debian und Ubuntu das Paket python3-venv. Wählen Sie auf anderen Systemen ein Python 3.10 oder neuer von python.org oder conda als „Python“.</translation>
    </message>
    <message>
        <source>uv cannot install the packages.</source>
        <translation>uv kann die Pakete nicht installieren.</translation>
    </message>
    <message>
        <source>Making the environment in {folder}</source>
        <translation>Die Umgebung wird in {folder} erstellt</translation>
    </message>
    <message>
        <source>Trying again with pip from {python}</source>
        <translation>Neuer Versuch mit pip aus {python}</translation>
    </message>
    <message>
        <source>The {build} build of torch is not available ({reason}). The standard build is installed instead. It is larger on Linux and has no CUDA on Windows.</source>
        <translation>Die Variante {build} von torch ist nicht verfügbar ({reason}). Stattdessen wird die Standardvariante installiert. Sie ist unter Linux größer und hat unter Windows kein CUDA.</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch einige Sekunden</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n} of '{stage}'.</source>
        <translation>Abgebrochen. Ein neuer Lauf setzt bei Epoche {n} von „{stage}“ fort.</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation>noch etwa {n} h</translation>
    </message>
    <message>
        <source>The engine responds again after {seconds} seconds.</source>
        <translation>Die Engine antwortet nach {seconds} Sekunden wieder.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue where it stopped.</source>
        <translation>Abgebrochen. Ein neuer Lauf setzt dort fort, wo dieser aufgehört hat.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n}.</source>
        <translation>Abgebrochen. Ein neuer Lauf setzt bei Epoche {n} fort.</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>noch etwa {n} s</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>noch etwa {n} min</translation>
    </message>
    <message>
        <source>The engine has not responded for {seconds} seconds. It may hang, or the computer may be short of memory. You can keep waiting, or cancel.</source>
        <translation>Die Engine hat seit {seconds} Sekunden nicht geantwortet. Vielleicht hängt sie, oder der Arbeitsspeicher ist knapp. Sie können weiter warten oder abbrechen.</translation>
    </message>
    <message>
        <source>The engine has hardly computed for {seconds} seconds. It may be waiting for a network drive or a graphics card. You can keep waiting, or cancel.</source>
        <translation>Die Engine hat seit {seconds} Sekunden kaum gerechnet. Vielleicht wartet sie auf ein Netzlaufwerk oder eine Grafikkarte. Sie können weiter warten oder abbrechen.</translation>
    </message>
    <message>
        <source>Installing the packages: {written} MB written</source>
        <translation>Pakete werden installiert: {written} MB geschrieben</translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {size} MB</source>
        <translation>{name} wird heruntergeladen: {done} von {size} MB</translation>
    </message>
    <message>
        <source>setting of the MIAF-Net provider</source>
        <translation>Einstellung des Anbieters MIAF-Net</translation>
    </message>
    <message>
        <source>environment of the engine</source>
        <translation>Umgebung der Engine</translation>
    </message>
    <message>
        <source>Python of QGIS</source>
        <translation>Python von QGIS</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>es gibt keine solche Datei</translation>
    </message>
    <message>
        <source>The engine cannot use {python} ({origin}): {reason}. Correct the setting, or run the algorithm 'Set up the engine' (miaf:setupengine).</source>
        <translation>Die Engine kann {python} ({origin}) nicht verwenden: {reason}. Korrigieren Sie die Einstellung, oder starten Sie den Algorithmus „Engine einrichten“ (miaf:setupengine).</translation>
    </message>
    <message>
        <source>The engine is not installed. Run the algorithm 'Set up the engine' (miaf:setupengine) once. Or choose a Python that has the packages, in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net or in the environment variable {variable}.</source>
        <translation>Die Engine ist nicht installiert. Starten Sie einmal den Algorithmus „Engine einrichten“ (miaf:setupengine). Oder wählen Sie ein Python, das die Pakete hat, unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Anbieter &gt; MIAF-Net oder in der Umgebungsvariablen {variable}.</translation>
    </message>
    <message>
        <source>it is Python {found}, but 3.10 or newer is needed</source>
        <translation>es ist Python {found}, aber nötig ist 3.10 oder neuer</translation>
    </message>
    <message>
        <source>it lacks {names}</source>
        <translation>es fehlt {names}</translation>
    </message>
    <message>
        <source>environment variable {name}</source>
        <translation>Umgebungsvariable {name}</translation>
    </message>
    <message>
        <source>it does not work ({reason})</source>
        <translation>es funktioniert nicht ({reason})</translation>
    </message>
    <message>
        <source>Each cube is now tried on its own.</source>
        <translation>Jeder Würfel wird nun einzeln versucht.</translation>
    </message>
    <message>
        <source>The engine closed its output but did not end. It was stopped.</source>
        <translation>Die Engine hat ihre Ausgabe geschlossen, sich aber nicht beendet. Sie wurde gestoppt.</translation>
    </message>
    <message>
        <source>it gave no message</source>
        <translation>es gab keine Meldung</translation>
    </message>
    <message>
        <source>The engine cannot be started with {python}: {reason}. Choose another Python in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net, or run 'Set up the engine' again.</source>
        <translation>Die Engine kann mit {python} nicht gestartet werden: {reason}. Wählen Sie ein anderes Python unter Einstellungen &gt; Optionen &gt; Verarbeitung &gt; Anbieter &gt; MIAF-Net, oder starten Sie „Engine einrichten“ erneut.</translation>
    </message>
    <message>
        <source>The engine ended without a result ({how}): {words}.</source>
        <translation>Die Engine endete ohne Ergebnis ({how}): {words}.</translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation>Die Engine hat keinen Grund angegeben.</translation>
    </message>
    <message>
        <source>The engine was ended by the system ({how}), probably because memory ran short. Lower 'Memory budget (MiB)', 'Width of the network (features)' or the extent, or close other programs.</source>
        <translation>Das System hat die Engine beendet ({how}), wahrscheinlich weil der Arbeitsspeicher knapp wurde. Verringern Sie „Speicherbudget (MiB)“, „Breite des Netzes (Merkmale)“ oder die Ausdehnung, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>The engine crashed ({how}). Set 'Device' to cpu, or run 'Report engine and hardware' and add its text to a bug report.</source>
        <translation>Die Engine ist abgestürzt ({how}). Setzen Sie „Gerät“ auf cpu, oder starten Sie „Engine und Hardware melden“ und fügen den Text einer Fehlermeldung bei.</translation>
    </message>
    <message>
        <source>The log file is {path}.</source>
        <translation>Die Protokolldatei ist {path}.</translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation>Code {n}</translation>
    </message>
    <message>
        <source>signal {n} {name}</source>
        <translation>Signal {n} {name}</translation>
    </message>
    <message>
        <source> QGIS runs in a Flatpak and sees only the files shared with it.</source>
        <translation> QGIS läuft in einem Flatpak und sieht nur die dafür freigegebenen Dateien.</translation>
    </message>
    <message>
        <source>'{python}' is Python {found}, but the engine needs 3.10 or newer. Install one from python.org and choose it as 'Python'.</source>
        <translation>„{python}“ ist Python {found}, aber die Engine braucht 3.10 oder neuer. Installieren Sie eines von python.org und wählen Sie es als „Python“.</translation>
    </message>
    <message>
        <source>There is no Python '{python}'. Choose the file of a Python 3.10 or newer.</source>
        <translation>Es gibt kein Python „{python}“. Wählen Sie die Datei eines Python 3.10 oder neuer.</translation>
    </message>
    <message>
        <source>'{python}' does not work as a Python: {reason}.</source>
        <translation>„{python}“ funktioniert nicht als Python: {reason}.</translation>
    </message>
    <message>
        <source>Removing {folder}</source>
        <translation>{folder} wird entfernt</translation>
    </message>
    <message>
        <source>'{folder}' cannot be removed: {reason}. Wait until all runs of the engine have ended, and try again.</source>
        <translation>„{folder}“ kann nicht entfernt werden: {reason}. Warten Sie, bis alle Läufe der Engine beendet sind, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>kein KBS</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' ({wanted}). Check both coordinate reference systems.</source>
        <translation>Layer „{areas}“ ({own}) kann nicht auf Raster „{cube}“ ({wanted}) transformiert werden. Prüfen Sie beide Koordinatenbezugssysteme.</translation>
    </message>
    <message>
        <source>Which field of layer '{name}' has the classes is not clear. Choose the class field (fields: {names}).</source>
        <translation>Es ist nicht klar, welches Feld des Layers „{name}“ die Klassen enthält. Wählen Sie das Klassenfeld (Felder: {names}).</translation>
    </message>
    <message>
        <source>Layer '{name}' has no field '{field}'. Choose the class field (fields: {names}).</source>
        <translation>Layer „{name}“ hat kein Feld „{field}“. Wählen Sie das Klassenfeld (Felder: {names}).</translation>
    </message>
    <message>
        <source>Layer '{name}' holds suggested areas. Its field '{field}' has predictions, not the classes that you have set. Choose the field in which you set them.</source>
        <translation>Der Layer „{name}“ enthält vorgeschlagene Flächen. Sein Feld „{field}“ enthält Vorhersagen, nicht die von Ihnen gesetzten Klassen. Wählen Sie das Feld, in dem Sie diese gesetzt haben.</translation>
    </message>
    <message>
        <source>Layer '{name}' is a reference sample. Its field '{field}' was filled in when the points were drawn and does not hold the cover that you have looked up. Choose the field in which you set it.</source>
        <translation>Der Layer „{name}“ ist eine Referenzstichprobe. Sein Feld „{field}“ wurde beim Ziehen der Punkte ausgefüllt und enthält nicht die Bedeckung, die Sie nachgesehen haben. Wählen Sie das Feld, in dem Sie sie eingetragen haben.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some, clear its filter, or select some if only selected features are used.</source>
        <translation>Layer „{name}“ hat keine verwendbaren Objekte. Zeichnen Sie welche, entfernen Sie seinen Filter, oder wählen Sie welche aus, wenn nur gewählte Objekte verwendet werden.</translation>
    </message>
    <message>
        <source>Layer '{areas}' has no coordinate reference system, but raster '{cube}' has {wanted}. Set that of the layer.</source>
        <translation>Layer „{areas}“ hat kein Koordinatenbezugssystem, aber Raster „{cube}“ hat {wanted}. Setzen Sie das des Layers.</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}). The layer lies at {there} and the raster at {here}. Check both coordinate reference systems, or choose other areas.</source>
        <translation>Layer „{areas}“ ({own}) überlappt Raster „{cube}“ ({wanted}) nicht. Der Layer liegt bei {there} und das Raster bei {here}. Prüfen Sie beide Koordinatenbezugssysteme, oder wählen Sie andere Flächen.</translation>
    </message>
    <message>
        <source>Layer '{name}' has only one class ('{key}'), but at least 2 are needed. Draw areas of another class, or choose another field.</source>
        <translation>Layer „{name}“ hat nur eine Klasse („{key}“), aber mindestens 2 sind nötig. Zeichnen Sie Flächen einer anderen Klasse, oder wählen Sie ein anderes Feld.</translation>
    </message>
    <message>
        <source>Raster '{raster}' has no coordinate reference system. The coordinates of layer '{areas}' ({own}) are taken as those of the raster.</source>
        <translation>Raster „{raster}“ hat kein Koordinatenbezugssystem. Die Koordinaten von Layer „{areas}“ ({own}) gelten als die des Rasters.</translation>
    </message>
    <message>
        <source>Layer '{name}' cannot be copied for the engine: {reason}.</source>
        <translation>Layer „{name}“ kann nicht für die Engine kopiert werden: {reason}.</translation>
    </message>
    <message>
        <source>Layer '{name}' is not styled by the values of '{field}' alone. The colours of its classes are chosen automatically.</source>
        <translation>Layer „{name}“ ist nicht allein nach den Werten von „{field}“ dargestellt. Die Farben seiner Klassen werden automatisch gewählt.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some.</source>
        <translation>Layer „{name}“ hat keine verwendbaren Objekte. Zeichnen Sie welche.</translation>
    </message>
    <message>
        <source>No feature of layer '{name}' has a geometry. Draw areas, or choose another layer.</source>
        <translation>Kein Objekt des Layers „{name}“ hat eine Geometrie. Zeichnen Sie Flächen oder wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <source>Field '{field}' of layer '{name}' is empty in all features. Enter the classes, or choose another field.</source>
        <translation>Das Feld „{field}“ des Layers „{name}“ ist in allen Objekten leer. Tragen Sie die Klassen ein, oder wählen Sie ein anderes Feld.</translation>
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
        <source>Cube '{name}' cannot be shown as '{title}', because it lacks bands at {ranges} nm. Choose another composite.</source>
        <translation>Würfel „{name}“ kann nicht als „{title}“ dargestellt werden, weil ihm Kanäle bei {ranges} nm fehlen. Wählen Sie eine andere Darstellung.</translation>
    </message>
    <message>
        <source>Cube '{name}' has no wavelengths in its metadata. Its bands {bands} are shown.</source>
        <translation>Würfel „{name}“ hat keine Wellenlängen in seinen Metadaten. Seine Kanäle {bands} werden dargestellt.</translation>
    </message>
    <message>
        <source>Raster '{name}' is not a file of its own (its source begins with '{source}'). Export it as GeoTIFF (Export &gt; Save As) and choose that file.</source>
        <translation>Raster „{name}“ ist keine eigene Datei (seine Quelle beginnt mit „{source}“). Exportieren Sie es als GeoTIFF (Export &gt; Speichern als) und wählen Sie diese Datei.</translation>
    </message>
    <message>
        <source>Raster '{name}' comes from a service or database ({provider}). Save it as a GeoTIFF or ENVI file and choose that file.</source>
        <translation>Raster „{name}“ kommt aus einem Dienst oder einer Datenbank ({provider}). Speichern Sie es als GeoTIFF- oder ENVI-Datei und wählen Sie diese.</translation>
    </message>
    <message>
        <source>The file of raster '{name}' is no longer there: {path}. Put it back, or choose another raster.</source>
        <translation>Die Datei des Rasters „{name}“ ist nicht mehr da: {path}. Legen Sie sie zurück, oder wählen Sie ein anderes Raster.</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} band, but a hyperspectral cube has many. Choose the file with all bands, or stack them first.</source>
        <translation>Raster „{name}“ hat {count} Kanal, aber ein Hyperspektralwürfel hat viele. Wählen Sie die Datei mit allen Kanälen, oder stapeln Sie diese zuerst.</translation>
    </message>
    <message>
        <source>Raster '{name}' holds complex numbers. Choose reflectance or radiance.</source>
        <translation>Raster „{name}“ enthält komplexe Zahlen. Wählen Sie Reflexion oder Strahldichte.</translation>
    </message>
    <message>
        <source>The extent {extent} does not overlap raster '{name}' ({own}, {crs}). Choose an extent inside it.</source>
        <translation>Die Ausdehnung {extent} überlappt Raster „{name}“ ({own}, {crs}) nicht. Wählen Sie eine Ausdehnung darin.</translation>
    </message>
    <message>
        <source>Output '{path}' cannot be written: '{folder}' is a file, not a folder. Choose another path.</source>
        <translation>Ausgabe „{path}“ kann nicht geschrieben werden: „{folder}“ ist eine Datei, kein Ordner. Wählen Sie einen anderen Pfad.</translation>
    </message>
    <message>
        <source>The folder of '{path}' does not exist. Create it first.</source>
        <translation>Der Ordner von „{path}“ existiert nicht. Legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be written to. Choose another one.</source>
        <translation>In den Ordner „{folder}“ kann nicht geschrieben werden. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Output '{path}' is also an input. Choose another name.</source>
        <translation>Ausgabe „{path}“ ist auch eine Eingabe. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>No area of layer '{name}' has a class in the field '{field}' yet, so the layer is left out.</source>
        <translation>Noch hat keine Fläche des Layers „{name}“ eine Klasse im Feld „{field}“, daher wird der Layer ausgelassen.</translation>
    </message>
    <message>
        <source>Of {given} cubes to train on, QGIS can read {count}.</source>
        <translation>Von {given} Würfeln zum Trainieren kann QGIS {count} lesen.</translation>
    </message>
    <message>
        <source>There is no model file '{path}'. Choose one made by 'Train model'.</source>
        <translation>Es gibt keine Modelldatei „{path}“. Wählen Sie eine aus „Modell trainieren“.</translation>
    </message>
    <message>
        <source>Statistics of '{word}' are not available. Use {words}.</source>
        <translation>Die Statistik von „{word}“ ist nicht verfügbar. Verwenden Sie {words}.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>'{path}' is the header of an ENVI file. Choose the data file beside it (often .dat, .bsq, .img or without extension).</source>
        <translation>„{path}“ ist der Header einer ENVI-Datei. Wählen Sie die Datendatei daneben (oft .dat, .bsq, .img oder ohne Endung).</translation>
    </message>
    <message>
        <source>'{path}' is not a raster that QGIS can read. Choose another file. If it should be a raster, the copy may be damaged: copy it again.</source>
        <translation>„{path}“ ist kein Raster, das QGIS lesen kann. Wählen Sie eine andere Datei. Falls es ein Raster sein sollte, ist die Kopie vielleicht beschädigt: Kopieren Sie es erneut.</translation>
    </message>
    <message>
        <source>both are given</source>
        <translation>beide sind angegeben</translation>
    </message>
    <message>
        <source>neither is given</source>
        <translation>keines ist angegeben</translation>
    </message>
    <message>
        <source>Give either {one} or {other}: {what}.</source>
        <translation>Geben Sie entweder {one} oder {other} an: {what}.</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} bands, but a raster of class values has one. Choose another raster.</source>
        <translation>Raster „{name}“ hat {count} Kanäle, aber ein Raster mit Klassenwerten hat einen. Wählen Sie ein anderes Raster.</translation>
    </message>
    <message>
        <source>Mask '{value}' is neither a raster nor a vector layer. Choose another layer.</source>
        <translation>Maske „{value}“ ist weder ein Raster- noch ein Vektorlayer. Wählen Sie einen anderen Layer.</translation>
    </message>
    <message>
        <source>Mask '{name}' has {count} bands, but a mask has one. Choose another raster.</source>
        <translation>Maske „{name}“ hat {count} Kanäle, aber eine Maske hat einen. Wählen Sie ein anderes Raster.</translation>
    </message>
    <message>
        <source>Mask '{name}' holds no polygons. Choose a polygon layer or a raster.</source>
        <translation>Maske „{name}“ enthält keine Polygone. Wählen Sie einen Polygonlayer oder ein Raster.</translation>
    </message>
    <message>
        <source>There is no device '{device}'. Use auto, cpu, cuda:N or mps.</source>
        <translation>Es gibt kein Gerät „{device}“. Verwenden Sie auto, cpu, cuda:N oder mps.</translation>
    </message>
    <message>
        <source>Enter 0 or a positive whole number (got {value}).</source>
        <translation>Geben Sie 0 oder eine positive ganze Zahl ein (statt {value}).</translation>
    </message>
    <message>
        <source>The engine uses at most {most} threads (got {value}).</source>
        <translation>Die Engine verwendet höchstens {most} Threads (statt {value}).</translation>
    </message>
    <message>
        <source>There is no file '{path}'.</source>
        <translation>Es gibt keine Datei „{path}“.</translation>
    </message>
    <message>
        <source>There is no folder '{path}'.</source>
        <translation>Es gibt keinen Ordner „{path}“.</translation>
    </message>
    <message>
        <source>Spectra of the training areas</source>
        <translation>Spektren der Trainingsflächen</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}.</source>
        <translation>Fläche {number} ({name}) sieht aus wie {other}.</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}: its spectral angle to that class is {other_angle}°, but to its own {own}°.</source>
        <translation>Fläche {number} ({name}) sieht aus wie {other}: Ihr Spektralwinkel zu dieser Klasse ist {other_angle}°, zur eigenen aber {own}°.</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>Und {n} weitere.</translation>
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
        <translation>alle Kanäle haben den Wert {value}, also gibt es kein Spektrum zu zeigen.</translation>
    </message>
    <message>
        <source>no data in {missing} of {count} bands.</source>
        <translation>keine Daten in {missing} von {count} Kanälen.</translation>
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
        <source>This cube is read too slowly to follow the mouse. Click instead.</source>
        <translation>Dieser Würfel wird zu langsam gelesen, um der Maus zu folgen. Klicken Sie stattdessen.</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube.</source>
        <translation>Wählen Sie einen Hyperspektralwürfel.</translation>
    </message>
    <message>
        <source>This place is outside the cube.</source>
        <translation>Diese Stelle liegt außerhalb des Würfels.</translation>
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
        <source>Pixel clicked</source>
        <translation>Angeklicktes Pixel</translation>
    </message>
    <message>
        <source>Pixel under the mouse</source>
        <translation>Pixel unter der Maus</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have. The nearest classes and their spectral angles are still shown below.</source>
        <translation>Das Diagramm braucht das Python-Paket matplotlib, das dieses QGIS nicht hat. Die nächsten Klassen und ihre Spektralwinkel stehen trotzdem darunter.</translation>
    </message>
    <message>
        <source>Wavelength (nm)</source>
        <translation>Wellenlänge (nm)</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Kanal</translation>
    </message>
</context>
</TS>
